// A Socket.IO server with the REST calls that lead to it, on 127.0.0.1. It is the Node
// counterpart of tests/support/relay.py, and tests/support/node.py drives it: each line
// of standard input is a command in JSON, and each line of standard output its result.
// It ends with its input, so that it never outlives the tests.

import http from "node:http";
import https from "node:https";
import readline from "node:readline";
import { Server } from "socket.io";

const BINDS = ["socket:bind", "socket:bind:push", "socket:bind:pop"];
const sockets = new Set();
const seen = { authentications: [], binds: [], discoveries: [] };
const settings = { status: 200, headers: {}, answers: true, endpoints: null, stored: {} };
let key, io, ownEndpoints;

function discover(path) {
  seen.discoveries.push(path);
  return settings.status < 400
    ? { error: false, reason: "resolved", data: settings.endpoints ?? ownEndpoints }
    : { error: true, reason: "failed", data: {} };
}

function respond(request, response) {
  const isDiscovery = request.url.endsWith("/connect/endpoints");
  const stored = { error: false, reason: "listed", data: settings.stored[request.url] ?? [] };
  const body = isDiscovery ? discover(request.url) : stored;
  const headers = { "Content-Type": "application/json", ...settings.headers };
  response.writeHead(isDiscovery ? settings.status : 200, headers);
  response.end(JSON.stringify(body));
}

function authenticate(socket, payload) {
  seen.authentications.push(payload);
  if (settings.answers && payload.password === key) {
    socket.join("authenticated");
    socket.emit("authenticated", true);
  } else if (settings.answers) {
    socket.emit("unauthorized", { message: "no" });
    socket.disconnect(true);
  }
}

function connected(socket) {
  socket.on("authentication", (payload) => authenticate(socket, payload));
  for (const name of BINDS) {
    socket.on(name, (payload) => seen.binds.push([name, payload]));
  }
}

const commands = {
  start({ tls, options, ...rest }) {
    key = rest.key;
    const server = tls ? https.createServer(tls, respond) : http.createServer(respond);
    // Otherwise it closes idle connections, sometimes just as a request arrives.
    server.keepAliveTimeout = 0;
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });
    io = new Server(server, { path: "/w/b1/", ...options });
    io.on("connection", connected);
    return new Promise((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const host = `127.0.0.1:${server.address().port}`;
        ownEndpoints = { socket: { app: `${tls ? "wss" : "ws"}://${host}/w/b1/` } };
        resolve(host);
      });
    });
  },
  set({ name, value }) {
    settings[name] = value;
  },
  emit({ name, payloads }) {
    for (const payload of payloads) {
      io.to("authenticated").emit(name, payload);
    }
  },
  flood({ name, payload, count }) {
    for (let fingerprint = 1; fingerprint <= count; fingerprint += 1) {
      io.to("authenticated").emit(name, { ...payload, fingerprint });
    }
  },
  // Only from the namespace: the client has to close the connection.
  disconnect: () => io.disconnectSockets(),
  cut: () => sockets.forEach((socket) => socket.destroy()),
  report: () => ({ ...seen, connected: io.engine.clientsCount }),
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { command, ...given } = JSON.parse(line);
  console.log(JSON.stringify((await commands[command](given)) ?? null));
}
process.exit();
