import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createAgent, isAgentError, memoryStore } from "@valetkey/agent";
import { answered, freePort, onStage, say } from "../stage.ts";

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const linesOf = (file: string) => readFileSync(path(file), "utf8").trimEnd().split("\n");

const before = linesOf("before.ts");
const added = linesOf("after.ts").filter((line) => !before.includes(line));
assert.deepEqual(
  linesOf("after.ts").filter((line) => !added.includes(line)),
  before,
);
assert.equal(added.filter((line) => line.startsWith("import ")).length, 2);
assert.equal(added.length, 5);
const shown = linesOf("README.md").flatMap((line) => (line.startsWith("+") ? [line.slice(1)] : []));
assert.deepEqual(shown, added);
say("The app got three lines and their two imports; none of its own was touched.");

const order = {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ item: "A hose" }),
};

await onStage(async ({ issuer, start, valetkey, approve }) => {
  const run = async (file: string) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = { PORT: String(port), ISSUER: issuer, RESOURCE: url };
    await start(process.execPath, ["--conditions=valetkey-source", path(file)], { env });
    return url;
  };

  const open = await run("before.ts");
  assert.deepEqual(await answered(fetch(`${open}/orders`)), [200, ""]);
  assert.deepEqual(await answered(fetch(`${open}/orders`, order)), [201, ""]);
  say("Before: anybody reads and writes orders.");

  const api = await run("after.ts");
  const scopes = ["--scope", "orders:read=Read your orders", "--scope", "orders:write=Order in your name"];
  await valetkey("resource", "add", api, "--name", "Orders", ...scopes);
  const stranger = await fetch(`${api}/orders`);
  assert.equal(stranger.status, 401);
  assert.match(stranger.headers.get("www-authenticate") ?? "", /resource_metadata=/);
  assert.equal((await fetch(`${api}/orders`, order)).status, 401);
  say("After: a stranger gets 401, and is told where to learn of the issuer.");

  const store = memoryStore();
  const reader = createAgent({ resource: api, store, scopes: ["orders:read"] });
  const showAddress = async (address: URL) => void (await fetch(await approve(address.href)));
  await reader.signIn({ showAddress });
  assert.deepEqual(await (await reader.fetch(`${api}/orders`)).json(), [{ id: 1, item: "A watering can" }]);
  const needsMore = (thrown: unknown) =>
    isAgentError(thrown, "scope-needed") && thrown.facts.scopes?.includes("orders:write") === true;
  await assert.rejects(reader.fetch(`${api}/orders`, order), needsMore);
  say(
    "Ada's agent found the issuer by itself, reads with orders:read, and learns that writing needs orders:write.",
  );

  await reader.signIn({ showAddress, scopes: ["orders:read", "orders:write"] });
  const written = await reader.fetch(`${api}/orders`, order);
  assert.deepEqual([written.status, await written.json()], [201, { id: 2, item: "A hose" }]);
  say("Ada allowed it, and the order was written.");

  const { accessToken } = await reader.token();
  const forged = `${accessToken.slice(0, -4)}AAAA`;
  const showing = (token: string) =>
    fetch(`${api}/orders`, { headers: { authorization: `Bearer ${token}` } });
  assert.deepEqual(await answered(showing(accessToken)), [200, ""]);
  assert.deepEqual(await answered(showing(forged)), [401, "invalid_token"]);
  say("The same token with another signature gets 401.");
});
console.log("All as it should be.");
