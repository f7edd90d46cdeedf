// Runs calls of Crisp's own client for Node. Each line of the input is a call, as JSON;
// each line of the output is its result.
import { createInterface } from "node:readline";
import { Crisp } from "crisp-api";

const [, , host, identifier, key, tier] = process.argv;
const client = new Crisp();
client.setRestHost(host);
client.authenticateTier(tier, identifier, key);

for await (const line of createInterface({ input: process.stdin })) {
  const { method, args } = JSON.parse(line);
  const [service, name] = method.split(".");
  let result;
  try {
    result = { data: (await client[service][name](...args)) ?? null };
  } catch (error) {
    result = { error: error instanceof Error ? { message: String(error) } : error };
  }
  process.stdout.write(JSON.stringify(result) + "\n");
}
