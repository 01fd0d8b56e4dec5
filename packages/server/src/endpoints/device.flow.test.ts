import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aDeviceClient, aWaitingDevice, decide, poll } from "../testing/a-device.ts";
import { refresh } from "../testing/a-login.ts";
import { claimsOf, faces, lineageOf } from "../testing/a-program.ts";
import { aServer, mcp } from "../testing/a-server.ts";

describe("a device without a browser", () => {
  it("gets tokens once its person has typed the code and allowed it", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await aDeviceClient(server);
    const codes = await aWaitingDevice(server, client);
    assert.deepEqual(faces(server, await poll(server, client, codes)).slice(0, 2), [
      400,
      "authorization_pending",
    ]);
    server.clock.advance(5);
    const end = await decide(server, codes.user_code, "allow");
    assert.match(end.body, /The device is connected/);
    const answer = await poll(server, client, codes);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.equal(answer.body.scope, "tools:use");
    assert.equal(claimsOf(answer.body.access_token).aud, mcp);
    const lineage = await lineageOf(server, answer.body.access_token);
    assert.equal((await refresh(server, client, answer.body.refresh_token)).status, 200);
    assert.equal(lineage.endedAt, null);
  });
});
