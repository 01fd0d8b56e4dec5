import assert from "node:assert/strict";
import { describe } from "node:test";
import type { Client } from "../records/client.ts";
import { login, redeem, refresh, type TokenAnswer } from "../testing/a-login.ts";
import { aLookout, claimsOf, device, faces, introspect, lineageOf } from "../testing/a-program.ts";
import { type AServer, aServer, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const [minute, hour, day] = [60, 3_600, 86_400];

/** A process of a device: it keeps what it was given last. */
class Process {
  readonly #server: AServer;
  readonly #client: Client;
  token: string;

  constructor(server: AServer, client: Client, token: string) {
    this.#server = server;
    this.#client = client;
    this.token = token;
  }
  async refresh(): Promise<TokenAnswer> {
    const answer = await refresh(this.#server, this.#client, this.token);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    this.token = answer.body.refresh_token;
    return answer;
  }
}

async function aWorld() {
  const server = await aServer();
  const client = await server.client();
  const tokens = await device(server, client);
  const aProcess = () => new Process(server, client, tokens.refresh_token);
  return { server, client, tokens, aProcess };
}

describe("what clients are known to do (published sequences)", () => {
  spec(
    ["CL-06", "P-2"],
    "anthropics/claude-code#85236: processes with a lock each refresh at once",
    async () => {
      const { server, aProcess } = await aWorld();
      const processes = Array.from({ length: 8 }, aProcess);
      for (let turn = 0; turn < 5; turn++) {
        server.clock.advance(10 * minute);
        await Promise.all(processes.map((one) => one.refresh()));
        assert.equal(new Set(processes.map(({ token }) => token)).size, 1);
      }
      await server.close();
    },
  );

  spec(["CL-06", "P-2"], "different-ai/openwork#4441: four at once, no 400 among them", async () => {
    const { server, client, tokens } = await aWorld();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => refresh(server, client, tokens.refresh_token)),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 200],
    );
    assert.equal(new Set(answers.map(({ body }) => body.refresh_token)).size, 1);
    await server.close();
  });

  for (const { after, told } of [
    { after: 3 * hour, told: "hours" },
    { after: 5 * day, told: "days" },
  ]) {
    spec(
      ["CL-06", "P-2"],
      `anthropics/claude-code#93537: killed mid-refresh, back ${told} later`,
      async () => {
        const { server, client, tokens, aProcess } = await aWorld();
        const lost = (await refresh(server, client, tokens.refresh_token)).body.refresh_token;
        server.clock.advance(after);
        const reborn = aProcess();
        await reborn.refresh();
        assert.equal(reborn.token, lost);
        for (let turn = 0; turn < 3; turn++) {
          server.clock.advance(10 * minute);
          await reborn.refresh();
        }
        const events = server.audit.events.filter(({ what }) => what === "refresh.repeated-late");
        assert.deepEqual(
          events.map(({ address, detail }) => [address, detail]),
          [["203.0.113.9", "generation 1, the lineage stands at 2"]],
        );
        await server.close();
      },
    );
  }

  spec(["CL-06", "P-2"], "PrefectHQ/fastmcp#4264: one host refreshes from two addresses", async () => {
    const { server, client, tokens } = await aWorld();
    let token: string = tokens.refresh_token;
    for (let turn = 0; turn < 6; turn++) {
      server.clock.advance(10 * minute);
      const body = () =>
        new URLSearchParams({ grant_type: "refresh_token", client_id: client.id, refresh_token: token });
      const from = async (address: string) => {
        const request = new Request(`${server.issuer}/token`, { method: "POST", body: body() });
        const answer = await server.fetch(request, { address });
        assert.equal(answer.status, 200);
        return ((await answer.json()) as { refresh_token: string }).refresh_token;
      };
      const [one, two] = await Promise.all([from("160.79.104.10"), from("160.79.105.77")]);
      assert.equal(one, two);
      server.clock.advance(30);
      assert.equal(await from("2001:db8::7"), one, "and again from a third");
      token = one;
    }
    await server.close();
  });

  spec(["CL-07", "P-2"], "sebadob/rauthy#1647: a refresh 1.2 s after the code", async () => {
    const { server, tokens, aProcess } = await aWorld();
    server.clock.advance(1);
    const answer = await aProcess().refresh();
    for (const jwt of [tokens.access_token, answer.body.access_token])
      assert.equal("nbf" in claimsOf(jwt), false);
    await server.close();
  });

  spec(
    ["CL-06", "P-2"],
    "exceptionless/Exceptionless#2404: a stale generation is used for minutes",
    async () => {
      for (const { refreshGrace, pauses } of [
        { refreshGrace: undefined, pauses: [30, 30, 30, 30] },
        { refreshGrace: hour, pauses: [10 * minute, 20 * minute, 30 * minute] },
      ]) {
        const server = await aServer();
        const client = await server.client(refreshGrace === undefined ? {} : { refreshGrace });
        const { refresh_token: stale } = await device(server, client);
        const codex = new Process(server, client, stale);
        for (let turn = 0; turn < 3; turn++) await codex.refresh();
        for (const pause of pauses) {
          server.clock.advance(pause);
          const again = await refresh(server, client, stale);
          assert.deepEqual([again.status, again.body.refresh_token], [200, codex.token]);
        }
        await server.close();
      }
    },
  );

  spec(
    ["CL-06", "O21-AS-29"],
    "anthropics/claude-code#66210: a replay after four days ends no sibling",
    async () => {
      const { server, client, tokens, aProcess } = await aWorld();
      const lookout = await aLookout(server, mcp);
      const [laptop, phone] = [
        aProcess(),
        new Process(server, client, (await device(server, client)).refresh_token),
      ];
      for (let turn = 0; turn < 4; turn++) {
        server.clock.advance(day);
        await Promise.all([laptop.refresh(), phone.refresh()]);
      }
      const replay = await refresh(server, client, tokens.refresh_token);
      assert.deepEqual(faces(server, replay), [400, "invalid_grant", "refresh.replayed"]);
      const { access_token } = (await phone.refresh()).body;
      assert.equal((await introspect(server, lookout, access_token)).body.active, true);
      assert.equal((await refresh(server, client, laptop.token)).body.error, "invalid_grant");
      const again = await redeem(server, client, await login(server, client));
      assert.equal(again.status, 200, "and the laptop signs in anew under the same grant");
      await server.close();
    },
  );

  spec(["CL-08", "P-2"], "openai/codex#33403: a refresh without resource keeps the resource", async () => {
    const { server, aProcess } = await aWorld();
    const codex = aProcess();
    for (let turn = 0; turn < 3; turn++) {
      server.clock.advance(10 * minute);
      const { access_token, scope } = (await codex.refresh()).body;
      assert.deepEqual([claimsOf(access_token).aud, scope], [mcp, "tools:use"]);
    }
    await server.close();
  });

  spec(
    ["CL-07", "I2-REFRESH"],
    "LanternOps/breeze#2363: a refresh that failed by its target consumed nothing",
    async () => {
      const { server, client, tokens } = await aWorld();
      const row = await lineageOf(server, tokens.access_token);
      for (let time = 0; time < 3; time++) {
        const failed = await refresh(server, client, tokens.refresh_token, {
          resource: "https://other.example.com",
        });
        assert.deepEqual(faces(server, failed), [400, "invalid_target", "resource.beyond-grant"]);
        assert.deepEqual(await lineageOf(server, tokens.access_token), row);
        server.clock.advance(10 * minute);
      }
      assert.equal((await refresh(server, client, tokens.refresh_token)).status, 200);
      await server.close();
    },
  );

  spec(["CL-06", "P-2"], "kentcdodds/kody#2233: two processes do not push each other out", async () => {
    const { server, client, aProcess, tokens } = await aWorld();
    const [one, two] = [aProcess(), aProcess()];
    await one.refresh();
    await two.refresh();
    assert.equal(two.token, one.token, "R1 again gives R2, not a sibling");
    await one.refresh();
    const third = one.token;
    for (const old of [tokens.refresh_token, two.token])
      assert.equal((await refresh(server, client, old)).body.refresh_token, third);
    for (let turn = 0; turn < 40; turn++) {
      server.clock.advance(50);
      await (turn % 2 === 0 ? two : one).refresh();
    }
    await server.close();
  });

  spec(["CL-06", "P-2"], "comet-ml/opik#8286: a burst of 76 seconds", async () => {
    const { server, client, tokens } = await aWorld();
    const answers: TokenAnswer[] = [];
    for (let second = 0; second <= 76; second++) {
      answers.push(
        ...(await Promise.all([1, 2, 3].map(() => refresh(server, client, tokens.refresh_token)))),
      );
      server.clock.advance(1);
    }
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    assert.equal(new Set(answers.map(({ body }) => body.refresh_token)).size, 1);
    await server.close();
  });

  spec(
    ["CL-06", "P-2"],
    "NousResearch/hermes-agent#105458: early, without resource, all day long",
    async () => {
      const { server, aProcess } = await aWorld();
      const agent = aProcess();
      for (let turn = 0; turn < 76; turn++) {
        server.clock.advance(turn % 5);
        await agent.refresh();
      }
      await server.close();
    },
  );

  spec(
    ["CL-06", "P-2"],
    "a laptop that slept through its answer wakes with every process at once",
    async () => {
      const { server, client, tokens } = await aWorld();
      const lost = (await refresh(server, client, tokens.refresh_token)).body.refresh_token;
      server.clock.advance(9 * hour);
      for (let second = 0; second < 60; second++) {
        const answer = await refresh(server, client, tokens.refresh_token);
        assert.deepEqual([answer.status, answer.body.refresh_token], [200, lost]);
        server.clock.advance(2);
      }
      await server.close();
    },
  );
});
