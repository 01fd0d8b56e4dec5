import { createServer } from "node:http";
import { callerOf, KeysAway } from "./caller.ts";

/** A service that knows nothing of OAuth. Before the gateway, anybody could call it; now it also knows who does. */
const server = createServer(async (request, response) => {
  const answer = (status: number, body: object) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  const caller = await callerOf(String(request.headers["valetkey-caller"] ?? "")).catch(away);
  if (caller instanceof KeysAway) return answer(503, { error: "The gateway's keys cannot be read now." });
  const body = caller
    ? { language: "Node", hello: caller.sub, through: caller.client_id, scopes: caller.scope.split(" ") }
    : { error: "Call me through the gateway." };
  return answer(caller ? 200 : 401, body);
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("ready"));

function away(thrown: unknown): KeysAway {
  if (thrown instanceof KeysAway) return thrown;
  throw thrown;
}
