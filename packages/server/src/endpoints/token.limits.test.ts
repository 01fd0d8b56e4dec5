import assert from "node:assert/strict";
import { describe } from "node:test";
import type { Client } from "../records/client.ts";
import { post, refresh } from "../testing/a-login.ts";
import { basic, device } from "../testing/a-program.ts";
import { type AServer, api, aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { withChecksum, withoutChecksum } from "../tokens/secret.ts";

const limits = { token: { limit: 5, window: 60 } };
const job: Partial<Client> = {
  authMethods: ["client_secret_basic", "client_secret_post"],
  grantTypes: ["client_credentials"],
  scope: ["inference:read"],
};
const form = { grant_type: "client_credentials", resource: api, token: "t" };

describe("guessing at a secret", () => {
  for (const { by, path, guess } of [
    { by: "the header", path: "/token", guess: (id: string, n: number) => [form, basic(id, `${n}`)] },
    {
      by: "the body",
      path: "/token",
      guess: (id: string, n: number) => [{ ...form, client_id: id, client_secret: `${n}` }, {}],
    },
    {
      by: "the header at introspection",
      path: "/introspect",
      guess: (id: string, n: number) => [form, basic(id, `${n}`)],
    },
    {
      by: "the body at revocation",
      path: "/revoke",
      guess: (id: string, n: number) => [{ ...form, client_id: id, client_secret: `${n}` }, {}],
    },
    {
      by: "the header with the id spelled otherwise each time",
      path: "/token",
      guess: (id: string, n: number) => {
        const spelled = [...id].map((c, at) => (at === n ? `%${c.charCodeAt(0).toString(16)}` : c)).join("");
        return [form, { authorization: `Basic ${" ".repeat(n)}${btoa(`${spelled}:${n}`)}` }];
      },
    },
  ] as const) {
    spec(
      ["O21-AS-11", "I2-LIMITS"],
      `by ${by} is stopped with 429, for this client at this address alone`,
      async () => {
        const server = await aServer({ limits });
        const [victim, healthy] = [await server.client(job), await server.client(job)];
        for (let n = 0; n < 5; n++) {
          const [body, headers] = guess(victim.id, n);
          assert.equal((await post(server, path, body as typeof form, headers)).status, 401);
        }
        const [body, headers] = guess(victim.id, 5);
        const stopped = await post(server, path, body as typeof form, headers);
        assert.deepEqual([stopped.status, server.audit.lastRefusal], [429, "request.rate"]);
        const wait = Number(stopped.headers.get("retry-after"));
        assert.ok(wait > 0 && wait <= 63, `Retry-After ${wait}`);

        const right = basic(victim.id, victim.secret);
        assert.equal((await post(server, "/token", form, right)).status, 429);
        assert.equal((await post(server, "/token", form, basic(healthy.id, healthy.secret))).status, 200);
        assert.equal((await elsewhere(server, right)).status, 200);
        server.clock.advance(wait);
        assert.equal((await post(server, "/token", form, right)).status, 200);
        await server.close();
      },
    );
  }

  spec(
    ["O21-AS-11", "I2-LIMITS"],
    "side by side brings no more tries and no right secret, and a busy machine asks as often as it likes",
    async () => {
      const server = await aServer({ limits });
      const [victim, healthy] = [await server.client(job), await server.client(job)];
      const secrets = [...Array.from({ length: 60 }, (_, n) => `${n}`), victim.secret];
      const answers = await Promise.all(
        secrets.map((secret) => post(server, "/token", form, basic(victim.id, secret))),
      );
      assert.equal(answers.filter(({ status }) => status === 401).length, 5);
      assert.equal(answers.at(-1)?.status, 429);
      const busy = await Promise.all(
        Array.from({ length: 40 }, () => post(server, "/token", form, basic(healthy.id, healthy.secret))),
      );
      assert.ok(busy.every(({ status }) => status === 200));
      await server.close();
    },
  );

  spec(
    ["I2-LIMITS", "CL-07"],
    "at a public client, which has none, shuts out nobody who shares its id and address",
    async () => {
      const server = await aServer({ limits });
      const client = await server.client();
      const { refresh_token } = await device(server, client);
      for (let n = 0; n < 10; n++) {
        await post(server, "/token", { ...form, client_id: client.id, client_secret: `${n}` });
        await post(server, "/token", form, basic(client.id, `${n}`));
      }
      assert.equal(server.audit.lastRefusal, "request.rate");
      assert.equal((await refresh(server, client, refresh_token)).status, 200);
      await server.close();
    },
  );

  spec("I2-LIMITS", "by assertions of one client leaves the assertions of another alone", async () => {
    const server = await aServer({ limits });
    const claiming = (sub: string) => ({
      ...form,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: `${part({ alg: "ES256" })}.${part({ sub })}.AAAA`,
    });
    for (let n = 0; n < 6; n++) await post(server, "/token", claiming("job-1"));
    assert.equal((await post(server, "/token", claiming("job-1"))).status, 429);
    assert.equal((await post(server, "/token", claiming("job-2"))).status, 401);
    await server.close();
  });
});

describe("failing refreshes", () => {
  spec(
    ["I2-LIMITS", "CL-07"],
    "of one device are slowed; every other device of the same client and address goes on",
    async () => {
      const server = await aServer({ limits });
      const client = await server.client();
      const [broken, healthy, other] = [
        await device(server, client),
        await device(server, client),
        await device(server, client),
      ];
      for (const dead of [broken, other]) {
        await post(server, "/revoke", { client_id: client.id, token: dead.refresh_token });
      }
      for (let n = 0; n < 5; n++) {
        const answer = await refresh(server, client, broken.refresh_token);
        assert.deepEqual([answer.status, answer.body.error], [400, "invalid_grant"]);
      }
      const slowed = await refresh(server, client, broken.refresh_token);
      assert.deepEqual([slowed.status, server.audit.lastRefusal], [429, "request.rate"]);
      assert.ok(Number(slowed.headers.get("retry-after")) > 0);
      assert.equal((await refresh(server, client, healthy.refresh_token)).status, 200);
      const dead = await refresh(server, client, other.refresh_token);
      assert.deepEqual([dead.status, dead.body.error], [400, "invalid_grant"]);
      await server.close();
    },
  );

  spec(["I2-LIMITS", "CL-07"], "with a forged proof count for nobody's lineage", async () => {
    const server = await aServer({ limits });
    const [client, stranger] = [await server.client(), await server.client()];
    const tokens = await device(server, client);
    const bytes = Buffer.from(withoutChecksum("vkr", tokens.refresh_token) ?? "", "base64url");
    bytes[46] = (bytes[46] ?? 0) ^ 1;
    const forged = withChecksum("vkr", bytes.toString("base64url"));
    for (let n = 0; n < 10; n++) await refresh(server, stranger, forged);
    await post(server, "/revoke", { client_id: client.id, token: tokens.refresh_token });
    const answer = await refresh(server, client, tokens.refresh_token);
    assert.deepEqual([answer.status, answer.body.error], [400, "invalid_grant"]);
    await server.close();
  });

  spec(["I2-LIMITS", "CL-07"], "of another grant count for no lineage that they name beside it", async () => {
    const server = await aServer({ limits });
    const client = await server.client();
    const { refresh_token } = await device(server, client);
    const form = { grant_type: "authorization_code", client_id: client.id, code: "junk", code_verifier: "v" };
    for (let n = 0; n < 10; n++) await post(server, "/token", { ...form, refresh_token });
    assert.equal(server.audit.lastRefusal, "request.rate");
    await post(server, "/revoke", { client_id: client.id, token: refresh_token });
    const answer = await refresh(server, client, refresh_token);
    assert.deepEqual([answer.status, answer.body.error], [400, "invalid_grant"]);
    await server.close();
  });

  spec("I2-LIMITS", "never hold back a refresh that is good, however many came before", async () => {
    const server = await aServer({ limits });
    const client = await server.client();
    const tokens = await device(server, client);
    for (let n = 0; n < 20; n++) await refresh(server, client, "junk");
    const form = { grant_type: "authorization_code", client_id: client.id, code: "junk", code_verifier: "v" };
    for (let n = 0; n < 20; n++) await post(server, "/token", form);
    assert.equal((await refresh(server, client, tokens.refresh_token)).status, 200);
    assert.ok((await device(server, client)).access_token);
    await server.close();
  });
});

function part(json: object): string {
  return Buffer.from(JSON.stringify(json)).toString("base64url");
}

function elsewhere(server: AServer, headers: Record<string, string>): Promise<Response> {
  const request = new Request(`${server.issuer}/token`, {
    method: "POST",
    body: new URLSearchParams(form),
    headers,
  });
  return server.fetch(request, { address: "198.51.100.7" });
}
