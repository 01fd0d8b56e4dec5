import assert from "node:assert/strict";
import { describe } from "node:test";
import { post, refresh } from "../testing/a-login.ts";
import { basic, device, faces, lineageOf } from "../testing/a-program.ts";
import { aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const day = 86_400;
const expired = [400, "invalid_grant", "refresh.expired"];

describe("the life of a lineage", () => {
  spec(["O21-AS-30", "BCP-06-IDLE"], "ends when its token lay idle too long, to the second", async () => {
    for (const { wait, status } of [
      { wait: 30 * day - 1, status: 200 },
      { wait: 30 * day, status: 400 },
    ]) {
      const server = await aServer();
      const client = await server.client();
      const first = await device(server, client);
      const second = (await refresh(server, client, first.refresh_token)).body;
      server.clock.advance(wait);
      assert.equal((await refresh(server, client, second.refresh_token)).status, status);
      await server.close();
    }
  });

  spec("O21-AS-30", "is not lengthened by an answer that is given again", async () => {
    const settings = {
      refresh: { grace: 120, unusedSuccessor: 90 * day, lateAnswers: 100, lateWindow: day },
    };
    const server = await aServer({ settings });
    const client = await server.client();
    const first = await device(server, client);
    await refresh(server, client, first.refresh_token);
    for (let time = 0; time < 29; time++) {
      server.clock.advance(day);
      assert.equal((await refresh(server, client, first.refresh_token)).status, 200);
    }
    server.clock.advance(day);
    assert.deepEqual(faces(server, await refresh(server, client, first.refresh_token)), expired);
    await server.close();
  });

  spec(
    ["P-2", "O21-AS-30", "BBA-02"],
    "has an absolute end that no rotation, late answer or restored row outlives",
    async () => {
      const server = await aServer();
      const client = await server.client();
      let tokens = await device(server, client);
      const { absoluteExpiresAt } = await lineageOf(server, tokens.access_token);
      for (let time = 0; time < 8; time++) {
        server.clock.advance(20 * day);
        tokens = (await refresh(server, client, tokens.refresh_token)).body;
      }
      server.clock.advance(absoluteExpiresAt - server.clock.now() - 1);
      const last = (await refresh(server, client, tokens.refresh_token)).body;
      const row = await lineageOf(server, last.access_token);
      assert.deepEqual([row.idleExpiresAt, row.absoluteExpiresAt], [absoluteExpiresAt, absoluteExpiresAt]);
      await server.store.lineages.rotate(row, { ...row, generation: row.generation - 1 });
      server.clock.advance(1);
      for (const { refresh_token } of [last, tokens])
        assert.deepEqual(faces(server, await refresh(server, client, refresh_token)), expired);
      await server.close();
    },
  );
});

describe("a client with a grace of its own", () => {
  for (const { refreshGrace, wait, repeated } of [
    { refreshGrace: undefined, wait: 120, repeated: true },
    { refreshGrace: undefined, wait: 121, repeated: false },
    { refreshGrace: 0, wait: 1, repeated: false },
    { refreshGrace: 3_600, wait: 3_600, repeated: true },
    { refreshGrace: 3_600, wait: 3_601, repeated: false },
  ]) {
    spec(
      ["P-2", "CL-06"],
      `of ${refreshGrace ?? "the server's"} s is ${repeated ? "answered" : "refused"} ${wait} s after`,
      async () => {
        const server = await aServer();
        const client = await server.client({
          authMethods: ["client_secret_basic", "none"],
          ...(refreshGrace !== undefined && { refreshGrace }),
        });
        const proof = basic(client.id, client.secret);
        const ask = async (token: string) =>
          (await post(server, "/token", { grant_type: "refresh_token", refresh_token: token }, proof)).body;
        const { refresh_token: first } = await device(server, client);
        const second = await ask(first);
        const third = await ask(second.refresh_token);
        server.clock.advance(wait);
        assert.equal((await post(server, "/introspect", { token: first }, proof)).body.active, repeated);
        const again = await ask(first);
        assert.equal(again.refresh_token ?? again.error, repeated ? third.refresh_token : "invalid_grant");
        await server.close();
      },
    );
  }
});
