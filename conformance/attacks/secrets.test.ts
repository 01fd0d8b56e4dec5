import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import { openStore } from "../../packages/server/src/adapters/open-store.ts";
import { argon2Passwords } from "../../packages/server/src/adapters/passwords/argon2.ts";
import { formOf } from "../../packages/server/src/testing/a-browser.ts";
import { pkce } from "../../packages/server/src/testing/a-login.ts";
import { callback, mcp, password } from "../../packages/server/src/testing/a-server.ts";
import { spec } from "../../packages/server/src/testing/spec.ts";
import { hashSecret, newSecret } from "../../packages/server/src/tokens/secret.ts";
import { type ANode, aNode } from "./a-node.ts";
import { removeFolder, temporaryFolder } from "./in-process.ts";
import { aPublicClient, type Parties, seedParties } from "./parties.ts";
import { issuer } from "./plan.ts";
import { browserAt } from "./visit.ts";

/** Everything that was sent or received in the course of it and that only its two ends may know. */
const secrets = new Map<string, string>();

/** A secret counts from its first appearance; short ones would be found by chance. */
function secret<T extends string | undefined>(name: string, value: T): T {
  assert.ok(value !== undefined && value.length >= 12, `${name} is no secret: ${value}`);
  secrets.set(name, value);
  return value;
}

const wrongPassword = "a-wrong-password-9f1c";
const machineSecret = newSecret("vks");

/** The secret as it is, a piece of it, and as it looks inside a form, a query, base64 and JSON. */
function spellings(value: string): readonly string[] {
  const encoded = [encodeURIComponent(value), new URLSearchParams({ v: value }).toString().slice(2)];
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from("x".repeat(shift) + value)
      .toString("base64")
      .slice(shift === 0 ? 0 : 4, -4),
  );
  const pieces = value.length > 40 ? [value.slice(16, 40), value.slice(-40, -16)] : [];
  return [...new Set([value, ...pieces, ...encoded, JSON.stringify(value).slice(1, -1), ...base64])];
}

describe("secrets of a server that logs everything", () => {
  let folder: string;
  let node: ANode;
  let parties: Parties;
  let machine: string;

  before(async () => {
    folder = await temporaryFolder();
    const store = await openStore(join(folder, "valetkey.sqlite"));
    const passwords = argon2Passwords({ cost: { memory: 64, passes: 1, parallelism: 1 } });
    parties = await seedParties(store, { passwordHash: await passwords.hash(password) });
    const kept = [{ hash: hashSecret(machineSecret), createdAt: 0, expiresAt: null }];
    const about = aPublicClient({
      authMethods: ["client_secret_basic", "client_secret_post"],
      secrets: kept,
    });
    const client = {
      ...about,
      introspects: [mcp],
      grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
    };
    await store.clients.add(client);
    machine = client.id;
    await store.close();
    node = await aNode({ folder, logLevel: "trace" });
    await everything();
    assert.equal(await node.stop(), 0);
  });
  after(async () => {
    await node?.stop();
    await removeFolder(folder);
  });

  /** A login with its mistakes, every endpoint that takes a secret, right and wrong, in every place where one may stand. */
  async function everything(): Promise<void> {
    const { caller } = node;
    const { verifier, code } = await login();
    const client_id = parties.client.id;
    const redeem = { grant_type: "authorization_code", client_id, code, code_verifier: verifier };
    await caller.token({ ...redeem, code_verifier: secret("a wrong verifier", pkce().verifier) });
    const began = await caller.token(redeem);
    assert.equal(began.status, 200, began.text);
    const first = secret("the first refresh token", began.json.refresh_token as string);
    const access = secret("an access token", began.json.access_token as string);
    const refreshed = await caller.token({ grant_type: "refresh_token", client_id, refresh_token: first });
    const second = secret("the second refresh token", refreshed.json.refresh_token as string);
    await caller.token({
      grant_type: "refresh_token",
      client_id,
      refresh_token: secret("a forged refresh token", forged(second)),
    });
    await caller.token({ grant_type: "refresh_token", client_id: machine, refresh_token: second });
    await caller.token({ ...redeem, code: secret("an unknown code", newSecret("vkc")) });
    await caller.ask({ path: "/userinfo", headers: { authorization: `Bearer ${access}` } });
    await caller.ask({
      path: "/userinfo",
      headers: { authorization: `Bearer ${secret("a bad token", `${access}x`)}` },
    });
    await caller.ask({ path: `/userinfo?access_token=${access}` });

    const wrong = secret("a wrong client secret", newSecret("vks"));
    const credentials = { grant_type: "client_credentials", scope: "tools:use" };
    for (const each of [secret("the client secret", machineSecret), wrong]) {
      await caller.token({ ...credentials, client_id: machine, client_secret: each });
      const basic = secret(
        `Basic with ${each === wrong ? "a wrong" : "the"} secret`,
        btoa(`${machine}:${each}`),
      );
      await caller.token(credentials, { authorization: `Basic ${basic}` });
      await caller.token(credentials, { authorization: `basic   ${basic}` });
      await caller.token(credentials, { authorization: `Bearer ${each}` });
      await caller.ask({
        path: "/introspect",
        form: { token: access },
        headers: { authorization: `Basic ${basic}` },
      });
      await caller.token({ ...credentials, client_id: each, client_secret: each });
      await caller.ask({ path: `/token?client_id=${machine}&client_secret=${each}`, form: credentials });
    }
    const assertion = secret("an assertion", `eyJhbGciOiJFUzI1NiJ9.${btoa('{"iss":"x"}')}.${"s".repeat(86)}`);
    const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    await caller.token({
      ...credentials,
      client_id: machine,
      client_assertion: assertion,
      client_assertion_type: type,
    });

    // In places where a confused client may put them; they are known by their form. A password there is known by none.
    for (const value of [second, access, code, machineSecret]) {
      await caller.ask({
        path: `/authorize?${new URLSearchParams({ client_id: value, redirect_uri: value, state: value })}`,
      });
      await caller.token({ grant_type: value, client_id: value, code: value, resource: value, scope: value });
      await caller.ask({ path: `/${encodeURIComponent(value)}` });
      await caller.ask({
        path: "/register",
        body: JSON.stringify({ client_name: value, redirect_uris: [value] }),
        headers: { "content-type": "application/json" },
      });
    }
    await caller.ask({ path: "/revoke", form: { client_id, token: second } });
    await caller.token({ grant_type: "refresh_token", client_id, refresh_token: second });
    await caller.token(redeem);
  }

  async function login() {
    const { verifier, challenge } = pkce();
    const query = new URLSearchParams({
      response_type: "code",
      client_id: parties.client.id,
      redirect_uri: callback,
      code_challenge: challenge,
      code_challenge_method: "S256",
      resource: mcp,
    });
    const browser = browserAt(node.caller);
    const { email } = parties.account;
    let page = await browser.open(`${issuer}/authorize?${query}`);
    secret("the form's token", formToken(page));
    page = await browser.submit(page, { email, password: secret("a wrong password", wrongPassword) });
    assert.equal(page.status, 400);
    page = await browser.submit(page, {
      email: secret("a password typed as email", "hunter-two-2222"),
      password: wrongPassword,
    });
    const planted = await browser.submit(page, {
      email,
      password,
      form_token: secret("a planted form token", "p".repeat(43)),
    });
    assert.equal(planted.status, 400);
    page = await browser.submit(page, { email, password: secret("the password", password) });
    for (const [name, value] of browser.cookies) secret(`the cookie ${name}`, value);
    // The client is registered and was consented to: the answer comes at once.
    const answer = new URL(page.url);
    const code = secret("the code", answer.searchParams.get("code") ?? undefined) ?? "";
    return { code, verifier: secret("the verifier", verifier) };
  }

  function formToken(page: Parameters<typeof formOf>[0]): string | undefined {
    const { fields } = formOf(page);
    return [...fields].find(([name]) => /token/.test(name))?.[1][0];
  }

  /** The last character of the proof is another one; prefix and checksum stay what they were of. */
  function forged(token: string): string {
    return `${token.slice(0, -8)}${token.at(-8) === "A" ? "B" : "A"}${token.slice(-7)}`;
  }

  function requireNone(text: string, where: string): void {
    const found = [...secrets].filter(([, value]) =>
      spellings(value).some((spelling) => text.includes(spelling)),
    );
    assert.deepEqual(
      found.map(([name]) => name),
      [],
      `in ${where}`,
    );
  }

  spec("I2-SECRETS", "the course of it left a log, and at least a dozen secrets to look for in it", () => {
    assert.ok(node.log().split("\n").length > 30, node.log());
    assert.ok(secrets.size >= 12, [...secrets.keys()].join(", "));
    for (const value of secrets.values()) {
      for (const text of [value, btoa(`{"x":"${value}"}`), encodeURIComponent(value), value.slice(4)]) {
        if (value.length > 40 || text !== value.slice(4))
          assert.throws(() => requireNone(`..${text}..`, "a control"));
      }
    }
    assert.match(node.log(), /client\.wrong-secret/);
    assert.match(node.log(), /sign-in\.done/);
  });

  spec("I2-SECRETS", "none of them stands in the log", () => {
    requireNone(node.log(), "the log");
  });

  spec(["I2-SECRETS", "P-3"], "none of them stands in the journal", async () => {
    const store = await openStore(join(folder, "valetkey.sqlite"));
    const rows = [await store.journal.events(100_000), await store.journal.steps(100_000)];
    await store.close();
    assert.ok(rows.every((list) => list.length > 0));
    requireNone(JSON.stringify(rows), "the journal");
  });

  spec("I2-SECRETS", "none of them stands anywhere in the database's files", async () => {
    for (const file of ["valetkey.sqlite", "valetkey.sqlite-wal"]) {
      const octets = await readFile(join(folder, file)).catch(() => Buffer.alloc(0));
      if (file === "valetkey.sqlite") assert.ok(octets.includes(parties.client.id));
      requireNone(octets.toString("latin1"), file);
    }
  });
});
