import { createServer } from "node:http";
import { callerOf } from "./caller.ts";

/** A service that knows nothing of OAuth. Before the gateway, anybody could call it; now it also knows who does. */
const server = createServer(async (request, response) => {
  const caller = await callerOf(String(request.headers["valetkey-caller"] ?? ""));
  const body = caller
    ? { language: "Node", hello: caller.sub, through: caller.client_id, scopes: caller.scope.split(" ") }
    : { error: "Call me through the gateway." };
  response.writeHead(caller ? 200 : 401, { "content-type": "application/json" }).end(JSON.stringify(body));
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("ready"));
