// The Node client that is measured; it does what workers.py does, line by line.
// `node node_worker.mjs FOLDER URL`, the client being in FOLDER/node_modules.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [folder, url] = process.argv.slice(2);
const { Crisp } = createRequire(`${folder}/any.js`)("crisp-api");

const WEBSITE = "1b65ec68-172b-529b-906a-249426746a7c";
const SESSION = "session_322392d8-467a-5c04-8744-a24baad864f4";

const client = new Crisp();
client.setRestHost(url.replace(/\/v1\/$/, ""));
client.authenticateTier("plugin", "identifier", "key");

async function work(calls, atOnce) {
  let left = calls;

  async function one() {
    while (left-- > 0) {
      await client.website.getConversation(WEBSITE, SESSION);
    }
  }

  await Promise.all(Array.from({ length: atOnce }, one));
}

for await (const line of createInterface({ input: process.stdin })) {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  await work(...line.split(" ").map(Number));
  const { user, system } = process.cpuUsage(cpu);
  const taken = (performance.now() - wall) / 1000;
  console.log(JSON.stringify({ wall: taken, cpu: (user + system) / 1e6 }));
}
