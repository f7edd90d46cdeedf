// A support day with Crisp's own client for Node: it listens by websocket, answers each
// visitor, looks for them, notes who they are, sends a file, resolves, and writes an
// article. It prints a line for each step.
import { Crisp } from "crisp-api";

const [, , host, identifier, key, tier, websiteID] = process.argv;
const client = new Crisp();
client.setRestHost(host);
client.authenticateTier(tier, identifier, key);
client.setRtmMode(Crisp.RTM_MODES.WebSockets);

const say = (step, data) => process.stdout.write(JSON.stringify({ step, data }) + "\n");
const text = (content) => ({ type: "text", from: "operator", origin: "chat", content });
let uploaded;
const address = new Promise((resolve) => { uploaded = resolve; });

async function work(message) {
  const { session_id: sessionID } = message;
  const { website } = client;
  say("heard", message.content);
  await website.sendMessageInConversation(websiteID, sessionID, text("On its way!"));
  const found = await website.listConversations(websiteID, 1, {
    search_query: "parcel", search_type: "text",
  });
  say("found", found.map((one) => one.session_id));
  await website.updateConversationMetas(websiteID, sessionID, {
    email: "jane@acme.example", segments: ["parcel"],
  });
  await client.bucket.generateBucketURL({
    namespace: "upload", from: "plugin", identifier: "day", id: "label",
    file: { name: "label.pdf", type: "application/pdf" },
    resource: { type: "website", id: websiteID },
  });
  const { url, type } = await address;
  const put = await fetch(url.signed, {
    method: "PUT", headers: { "Content-Type": type }, body: "a label",
  });
  say("stored", put.status);
  await website.sendMessageInConversation(websiteID, sessionID, {
    ...text({ name: "label.pdf", url: url.resource, type }), type: "file",
  });
  await website.changeConversationState(websiteID, sessionID, "resolved");
  await website.initializeHelpdesk(websiteID, "Help", "acme");
  await website.addHelpdeskLocale(websiteID, "en");
  const place = [websiteID, "en", "articles", "orders/where.md"];
  await website.createHelpdeskTreePath(...place);
  await website.saveHelpdeskTreeContent(...place, "Tomorrow.");
  say("written", (await website.resolveHelpdeskTreeContent(...place)).content);
}

const fail = (error) => { say("error", error instanceof Error ? String(error) : error); };
client.on("bucket:url:upload:generated", uploaded).catch(fail);
client.on("session:set_state", ({ state }) => say("state", state)).catch(fail);
client.on("message:send", (message) => { work(message).catch(fail); }).catch(fail);
// It connects later, and does not tell when it has.
const watch = setInterval(() => {
  if (client._socket) {
    clearInterval(watch);
    client._socket.on("authenticated", () => say("listening", true));
  }
}, 1);
process.stdin.on("end", () => process.exit(0)).resume();
