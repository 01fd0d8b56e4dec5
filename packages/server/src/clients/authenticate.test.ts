import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Client } from "../records/client.ts";
import { login, post } from "../testing/a-login.ts";
import { basic, faces } from "../testing/a-program.ts";
import { type AServer, api, aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { hashSecret, newSecret } from "../tokens/secret.ts";

const job: Partial<Client> = {
  authMethods: ["client_secret_basic", "client_secret_post"],
  grantTypes: ["client_credentials"],
  scope: ["inference:read"],
};
const form = { grant_type: "client_credentials", resource: api };

function withSecret(secret: string): Pick<Client, "secrets"> {
  return { secrets: [{ hash: hashSecret(secret), createdAt: 0, expiresAt: null }] };
}

describe("a client's secret", () => {
  for (const { given, id, secret } of [
    { given: "plain letters", id: "job-1", secret: "s3cret" },
    { given: "a colon in the id", id: "https://job.example/a:b".slice(8), secret: "s" },
    { given: "a colon in the secret", id: "job-1", secret: "a:b:c" },
    { given: "plus, percent and space", id: "job+1 %", secret: "a+b %41 c" },
    { given: "letters beyond ASCII", id: "jöb", secret: "pässwörd€😀" },
    { given: "an ampersand and equals", id: "a&b=c", secret: "d&e=f" },
  ]) {
    spec("O21-AS-11", `travels form-encoded in the header, and in the body: ${given}`, async () => {
      const server = await aServer();
      await server.client({ ...job, id, ...withSecret(secret) });
      assert.equal((await post(server, "/token", form, basic(id, secret))).status, 200);
      const inBody = await post(server, "/token", { ...form, client_id: id, client_secret: secret });
      assert.equal(inBody.status, 200);
      await server.close();
    });
  }

  it("is taken from a header whose scheme is in any case", async () => {
    const server = await aServer();
    const client = await server.client(job);
    const { authorization } = basic(client.id, client.secret);
    for (const scheme of ["basic", "BASIC", "Basic "]) {
      const headers = { authorization: authorization.replace("Basic", scheme) };
      assert.equal((await post(server, "/token", form, headers)).status, 200, scheme);
    }
    await server.close();
  });

  spec(["O21-AS-11", "I2-SECRETS"], "overlaps with its successor for a while, and no longer", async () => {
    const server = await aServer();
    const [older, newer] = [newSecret("vks"), newSecret("vks")];
    const now = server.clock.now();
    const client = await server.client({
      ...job,
      secrets: [
        { hash: hashSecret(older), createdAt: now, expiresAt: now + 100 },
        { hash: hashSecret(newer), createdAt: now, expiresAt: null },
      ],
    });
    const ask = (secret: string) => post(server, "/token", form, basic(client.id, secret));
    assert.deepEqual([(await ask(older)).status, (await ask(newer)).status], [200, 200]);
    server.clock.advance(99);
    assert.equal((await ask(older)).status, 200);
    server.clock.advance(1);
    assert.deepEqual(faces(server, await ask(older)), [401, "invalid_client", "client.wrong-secret"]);
    assert.equal((await ask(newer)).status, 200);
    await server.close();
  });

  it("is kept as a hash alone", async () => {
    const server = await aServer();
    const client = await server.client(job);
    assert.equal(JSON.stringify(await server.store.clients.find(client.id)).includes(client.secret), false);
    await server.close();
  });
});

const word = "Client authentication failed.";

describe("client authentication that fails", () => {
  const secret = "the-secret";
  for (const { given, about = {}, body = {}, headers = {}, refusal } of [
    {
      given: "a wrong secret in the header",
      headers: basic("job-1", "wrong"),
      refusal: "client.wrong-secret",
    },
    {
      given: "a wrong secret in the body",
      body: { client_id: "job-1", client_secret: "wrong" },
      refusal: "client.wrong-secret",
    },
    {
      given: "the hash as secret",
      body: { client_id: "job-1", client_secret: hashSecret(secret) },
      refusal: "client.wrong-secret",
    },
    {
      given: "the secret in other letters",
      body: { client_id: "job-1", client_secret: secret.toUpperCase() },
      refusal: "client.wrong-secret",
    },
    {
      given: "a client that has no secret left",
      about: { secrets: [] },
      headers: basic("job-1", secret),
      refusal: "client.wrong-secret",
    },
    { given: "an unknown client in the header", headers: basic("job-2", secret), refusal: "client.unknown" },
    {
      given: "an unknown client in the body",
      body: { client_id: "job-2", client_secret: secret },
      refusal: "client.unknown",
    },
    {
      given: "a prototype's member as client",
      body: { client_id: "__proto__", client_secret: secret },
      refusal: "client.unknown",
    },
    { given: "a zero character as client", body: { client_id: "\0" }, refusal: "client.unknown" },
    {
      given: "a client that is switched off",
      about: { disabledAt: 1 },
      headers: basic("job-1", secret),
      refusal: "client.disabled",
    },
    { given: "no secret", body: { client_id: "job-1" }, refusal: "client.authentication-missing" },
    {
      given: "an empty secret in the body",
      body: { client_id: "job-1", client_secret: "" },
      refusal: "client.authentication-missing",
    },
    { given: "an empty secret in the header", headers: basic("job-1", ""), refusal: "client.wrong-secret" },
    {
      given: "a method that it is not registered for",
      about: { authMethods: ["client_secret_basic"] },
      body: { client_id: "job-1", client_secret: secret },
      refusal: "client.method-not-allowed",
    },
    {
      given: "another scheme",
      headers: { authorization: `Bearer ${secret}` },
      refusal: "client.authorization-header",
    },
    { given: "no base64", headers: { authorization: "Basic !!!" }, refusal: "client.authorization-header" },
    {
      given: "no colon",
      headers: { authorization: `Basic ${btoa("job-1")}` },
      refusal: "client.authorization-header",
    },
    {
      given: "no id",
      headers: { authorization: `Basic ${btoa(":the-secret")}` },
      refusal: "client.authorization-header",
    },
    {
      given: "a cut percent sign",
      headers: { authorization: `Basic ${btoa("job-1:%E0%A4%A")}` },
      refusal: "client.authorization-header",
    },
    {
      given: "two headers",
      headers: {
        authorization: `${basic("job-1", secret).authorization}, ${basic("job-1", secret).authorization}`,
      },
      refusal: "client.authorization-header",
    },
  ] as readonly Case[]) {
    spec(["O21-AS-19", "O21-AS-16", "O21-AS-11"], `looks the same to the caller: ${given}`, async () => {
      const server = await aServer();
      await server.client({ ...job, id: "job-1", ...withSecret(secret), ...about });
      for (const path of ["/token", "/introspect", "/revoke"]) {
        const answer = await post(server, path, { ...form, token: "t", ...body }, headers);
        assert.deepEqual(faces(server, answer), [401, "invalid_client", refusal], path);
        assert.deepEqual(answer.body, { error: "invalid_client", error_description: word });
        const challenge = headers.authorization ? 'Basic realm="valetkey", charset="UTF-8"' : null;
        assert.equal(answer.headers.get("www-authenticate"), challenge);
      }
      await server.close();
    });
  }

  for (const { given, about = {}, body, headers = {} } of [
    {
      given: "header and body",
      body: { client_id: "job-1", client_secret: secret },
      headers: basic("job-1", secret),
    },
    { given: "header and assertion", body: { client_assertion: "a.b.c" }, headers: basic("job-1", secret) },
    {
      given: "secret and assertion",
      body: { client_id: "job-1", client_secret: secret, client_assertion: "a.b.c" },
    },
    {
      given: "the header of one client and the id of another",
      body: { client_id: "job-2" },
      headers: basic("job-1", secret),
    },
  ] as readonly Omit<Case, "refusal">[]) {
    spec("O21-AS-13", `twice in one request is refused: ${given}`, async () => {
      const server = await aServer();
      await server.client({ ...job, id: "job-1", ...withSecret(secret), ...about });
      await server.client({ ...job, id: "job-2", ...withSecret(secret) });
      const answer = await post(server, "/token", { ...form, ...body }, headers);
      assert.deepEqual(faces(server, answer), [400, "invalid_request", "client.two-methods"]);
      await server.close();
    });
  }

  spec("O21-AS-16", "for credentials that a public client had no need to send", async () => {
    const server = await aServer();
    const client = await server.client();
    const { code, verifier } = await login(server, client);
    const asked = { grant_type: "authorization_code", code, code_verifier: verifier };
    for (const [body, headers] of [
      [{ client_id: client.id, client_secret: client.secret }, {}],
      [{}, basic(client.id, client.secret)],
    ] as const) {
      const answer = await post(server, "/token", { ...asked, ...body }, headers);
      assert.deepEqual(faces(server, answer), [401, "invalid_client", "client.method-not-allowed"]);
    }
    assert.equal((await post(server, "/token", { ...asked, client_id: client.id })).status, 200);
    await server.close();
  });
});

describe("a request of a program", () => {
  for (const name of ["client_id", "client_secret", "grant_type", "scope", "code", "unheard_of"]) {
    spec("O21-AS-14", `with ${name} twice is refused, though both are empty`, async () => {
      const server = await aServer();
      const client = await server.client(job);
      const answer = await post(
        server,
        "/token",
        { ...form, [name]: ["", ""] },
        basic(client.id, client.secret),
      );
      assert.deepEqual(faces(server, answer), [400, "invalid_request", "parameter.repeated"]);
      await server.close();
    });
  }

  for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x", ""]) {
    spec("CL-14", `is refused as ${type || "nothing"}: forms only`, async () => {
      const server = await aServer();
      const client = await server.client(job);
      for (const path of ["/token", "/introspect", "/revoke"]) {
        const answer = await raw(server, path, type, JSON.stringify({ ...form, client_id: client.id }));
        assert.deepEqual([answer.status, answer.error], [400, "invalid_request"]);
        assert.equal(server.audit.lastRefusal, "request.content-type");
      }
      await server.close();
    });
  }

  it("may name the charset of its form", async () => {
    const server = await aServer();
    const client = await server.client(job);
    const body = new URLSearchParams({ ...form, client_id: client.id, client_secret: client.secret });
    const answer = await raw(server, "/token", "Application/X-WWW-Form-Urlencoded; charset=UTF-8", `${body}`);
    assert.equal(answer.status, 200);
    await server.close();
  });

  spec(["BCP-12", "O21-AS-11"], "has nothing in its URL that counts", async () => {
    const server = await aServer();
    const client = await server.client(job);
    const query = new URLSearchParams({
      ...form,
      client_id: client.id,
      client_secret: client.secret,
      token: "t",
    });
    for (const path of ["/token", "/introspect", "/revoke"]) {
      const answer = await post(server, `${path}?${query}`, {});
      assert.deepEqual(faces(server, answer), [400, "invalid_request", "parameter.missing"], path);
      assert.equal((await server.fetchHere(`${server.issuer}${path}?${query}`)).status, 405);
    }
    assert.equal(server.audit.text.includes(client.secret), false);
    await server.close();
  });
});

interface Case {
  readonly given: string;
  readonly about?: Partial<Client>;
  readonly body?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly refusal: string;
}

async function raw(server: AServer, path: string, type: string, body: string) {
  const response = await server.fetchHere(`${server.issuer}${path}`, {
    method: "POST",
    body: new TextEncoder().encode(body),
    headers: type === "" ? {} : { "content-type": type },
  });
  return { status: response.status, error: ((await response.json()) as { error?: string }).error };
}
