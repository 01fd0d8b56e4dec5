import { KeyRing, ringKey } from "../../adapters/keys/ring.ts";
import { openStore } from "../../adapters/open-store.ts";
import { refresh } from "../../testing/a-login.ts";
import { aServer } from "../../testing/a-server.ts";

/**
 * `node refreshing-process.ts LOCATION SECRET NOW CLIENT TOKEN [before|after]`: a node of its own that refreshes once and
 * writes its answer; or is killed, as `kill -9` does, before its rotation is committed or right after.
 */
const [location = "", secret = "", now = "", id = "", token = "", dies] = process.argv.slice(2);
const inner = await openStore(location);
const rotate: typeof inner.lineages.rotate = async (seen, rotation) => {
  if (dies === "before") process.kill(process.pid, "SIGKILL");
  const moved = await inner.lineages.rotate(seen, rotation);
  if (dies === "after") process.kill(process.pid, "SIGKILL");
  return moved;
};
const server = await aServer({
  store: { ...inner, lineages: { ...inner.lineages, rotate } },
  ring: new KeyRing([ringKey(Buffer.from(secret, "hex"))]),
  now: Number(now),
});
const { status, body } = await refresh(server, { id }, token);
process.stdout.write(JSON.stringify({ status, refresh_token: body.refresh_token }));
await server.close();
