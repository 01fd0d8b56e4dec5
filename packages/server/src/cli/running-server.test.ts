import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { authorizationUrl, pkce, post } from "../testing/a-login.ts";
import { basic } from "../testing/a-program.ts";
import { spec } from "../testing/spec.ts";
import { aBrowserAt, aRunningServer, overHttp } from "./testing/a-configured.ts";
import { facts, started } from "./testing/a-process.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

type Running = Awaited<ReturnType<typeof aRunningServer>>;

const mcp = "https://mcp.example.com/mcp";
const app = { id: "app" };
const redirect_uri = "https://app.example.com/callback";

describe("the command line beside a running server", () => {
  let server: Running;
  let issuer: string;
  let folder: string;

  before(async () => {
    server = await aRunningServer();
    ({ issuer, folder } = server);
    await factsOf(folder, [
      ...["resource", "add", mcp, "--name", "Our files", "--scope", "files:read=Read your files"],
      ...["--scope", "files:delete=Delete files", "--risk", "files:delete=high", "--machines", "files:read"],
    ]);
  });

  const token = (id: string, secret: string, scope = "files:read") =>
    post(overHttp(issuer), "/token", { grant_type: "client_credentials", scope }, basic(id, secret));

  async function signIn(email: string, password: string) {
    const url = authorizationUrl(overHttp(issuer), app, {
      redirect_uri,
      code_challenge: pkce().challenge,
      resource: mcp,
    });
    const browser = aBrowserAt(issuer);
    const visit = await browser.submit(await browser.open(url), { email, password });
    return { browser, visit, url };
  }

  spec("I2-CLI", "a client that was added works at once, and one that was removed does not", async () => {
    const added = await facts(folder, [
      "client",
      "add",
      "--name",
      "Job",
      "--confidential",
      "--scope",
      "files:read",
    ]);
    // Asked once, right away: nothing has to be waited for.
    const first = await token(added.client_id, added.client_secret);
    assert.equal(first.status, 200);
    assert.equal(first.body.scope, "files:read");
    const list = await facts(folder, ["client", "list"]);
    assert.ok(list.some((one: { client_id: string }) => one.client_id === added.client_id));
    assert.ok(!JSON.stringify(list).includes(added.client_secret));

    await facts(folder, ["client", "disable", added.client_id]);
    assert.equal((await token(added.client_id, added.client_secret)).status, 401);
    await facts(folder, ["client", "enable", added.client_id]);
    assert.equal((await token(added.client_id, added.client_secret)).status, 200);

    await facts(folder, ["client", "remove", added.client_id]);
    const last = await token(added.client_id, added.client_secret);
    assert.deepEqual([last.status, last.body.error], [401, "invalid_client"]);
  });

  spec(
    ["I2-CLI", "I2-SECRETS"],
    "a rotated secret works beside the old one until its overlap ends",
    async () => {
      const { client_id, client_secret: old } = await factsOf(folder, [
        ...["client", "add", "--name", "Job", "--confidential", "--scope", "files:read", "--id", "nightly"],
      ]);
      const rotated = await factsOf(folder, ["client", "rotate-secret", client_id]);
      const days = (Date.parse(rotated.old_secret_expires_at) - Date.now()) / 86_400_000;
      assert.ok(days > 6.9 && days <= 7, "lifetimes.client_secret_overlap");
      assert.equal((await token(client_id, old)).status, 200);
      assert.equal((await token(client_id, rotated.client_secret)).status, 200);

      const ended = await factsOf(folder, ["client", "rotate-secret", client_id, "--overlap", "0s"]);
      assert.equal(ended.old_secret_expires_at, null);
      for (const gone of [old, rotated.client_secret])
        assert.equal((await token(client_id, gone)).status, 401);
      assert.equal((await token(client_id, ended.client_secret)).status, 200);
    },
  );

  spec(
    "I2-CLI",
    "a person signs in until the account is disabled, and again once it is enabled",
    async () => {
      await factsOf(folder, [
        "client",
        "add",
        "--name",
        "App",
        "--id",
        app.id,
        "--redirect-uri",
        redirect_uri,
      ]);
      const { password } = await factsOf(folder, [
        "account",
        "add",
        "Ada@example.com",
        "--generate-password",
      ]);
      const { browser, visit, url } = await signIn("ada@example.com", password);
      assert.match(visit.url, /\/consent/);
      const answer = await browser.submit(visit, { decision: "allow" });
      assert.ok(new URL(answer.url).searchParams.get("code"));

      await factsOf(folder, ["account", "disable", "ada@example.com"]);
      assert.match((await browser.open(url)).url, /\/sign-in/, "the session is ended");
      assert.match((await signIn("ada@example.com", password)).visit.body, /Email or password|wrong/i);

      await factsOf(folder, ["account", "enable", "ada@example.com"]);
      // Consent was given before and is remembered, since the client's own https redirect proves it.
      const again = await signIn("ada@example.com", password);
      assert.ok(new URL(again.visit.url).searchParams.get("code"));
    },
  );

  spec("I2-CLI", "a new password ends the sessions and is the only one that works", async () => {
    const { password: old } = await factsOf(folder, [
      "account",
      "add",
      "bob@example.com",
      "--generate-password",
    ]);
    const { browser, url } = await signIn("bob@example.com", old);
    const fresh = "a much longer password";
    const input = `${fresh}\nanother line\n`;
    await facts(folder, ["account", "set-password", "bob@example.com", "--password-stdin"], { input });
    assert.match((await browser.open(url)).url, /\/sign-in/);
    assert.match((await signIn("bob@example.com", old)).visit.url, /\/sign-in/);
    assert.match((await signIn("bob@example.com", fresh)).visit.url, /\/consent/);
  });

  spec(
    ["I2-CLI", "I2-ROLES"],
    "a scope of high risk is nobody's until a role of the person allows it",
    async () => {
      const { password } = await factsOf(folder, [
        "account",
        "add",
        "eve@example.com",
        "--generate-password",
      ]);
      const ask = async () => {
        const { browser, url } = await signIn("eve@example.com", password);
        return (await browser.open(`${url}&scope=files:delete`)).url;
      };
      assert.match(await ask(), /error=(access_denied|invalid_scope)/);
      await factsOf(folder, ["role", "add", "cleaner", "--resource", mcp, "--scope", "files:delete"]);
      await factsOf(folder, ["account", "set-roles", "eve@example.com", "--role", "cleaner"]);
      assert.match(await ask(), /\/consent/);
      await factsOf(folder, ["role", "remove", "cleaner"]);
      assert.match(await ask(), /error=(access_denied|invalid_scope)/);
      const [eve] = (await factsOf(folder, ["account", "list"])).filter(
        (one: { email: string }) => one.email === "eve@example.com",
      );
      assert.deepEqual(eve.roles, []);
    },
  );

  it("takes a removed resource out of every role, so that one added again begins with nothing", async () => {
    const identifier = "https://other.example.com";
    const add = ["resource", "add", identifier, "--scope", "things:use=Use things"];
    await factsOf(folder, [...add, "--allow", "staff=things:use"]);
    await factsOf(folder, ["resource", "remove", identifier]);
    const { scopes } = await factsOf(folder, [...add, "--role", "guests"]);
    assert.deepEqual(scopes[0].roles, ["guests"]);
  });

  it("changes a resource in place: a device that was let in before goes on, with the new facts", async () => {
    const identifier = "https://changing.example.com";
    const api = { ...app, redirect_uri };
    await factsOf(folder, [
      "resource",
      "add",
      identifier,
      "--scope",
      "a:use=Use a",
      "--scope",
      "b:use=Use b",
    ]);
    const { password } = await factsOf(folder, ["account", "add", "cy@example.com", "--generate-password"]);
    const { verifier, challenge } = pkce();
    const asked = { redirect_uri, code_challenge: challenge, resource: identifier };
    const url = authorizationUrl(overHttp(issuer), app, asked);
    const answer = await aBrowserAt(issuer).approve(url, { email: "cy@example.com", password });
    const code = answer.searchParams.get("code") ?? "";
    const form = { client_id: api.id, redirect_uri, code, code_verifier: verifier };
    const first = await post(overHttp(issuer), "/token", { grant_type: "authorization_code", ...form });
    assert.deepEqual([first.status, first.body.scope, first.body.expires_in], [200, "a:use b:use", 600]);

    const changed = await factsOf(folder, [
      ...["resource", "set", identifier, "--name", "Changed", "--scope", "c:use=Use c", "--lifetime", "5m"],
      ...["--remove-scope", "b:use"],
    ]);
    const names = changed.scopes.map(({ name, roles }: { name: string; roles: string[] }) => [
      name,
      ...roles,
    ]);
    assert.deepEqual(names, [
      ["a:use", "everyone"],
      ["c:use", "everyone"],
    ]);
    assert.deepEqual([changed.name, changed.default_scopes], ["Changed", ["a:use", "c:use"]]);
    const refresh_token = first.body.refresh_token;
    const until = Date.now() + 1_000;
    let next = first;
    while (next.body.scope !== "a:use" && Date.now() < until)
      next = await post(overHttp(issuer), "/token", {
        ...{ grant_type: "refresh_token", client_id: api.id, refresh_token },
      });
    assert.deepEqual([next.body.scope, next.body.expires_in], ["a:use", 300]);
    const added = await factsOf(folder, [
      ...[
        "resource",
        "set",
        identifier,
        "--scope",
        "b:use=Other",
        "--allow",
        "few=b:use",
        "--usual-lifetime",
      ],
    ]);
    assert.deepEqual(added.scopes[2].roles, ["few"], "a scope that comes back begins with nothing");
    assert.equal(added.access_token_lifetime, null);
  });

  it("registers no resource under the issuer's name, nor one that differs by a bare slash", async () => {
    await factsOf(folder, ["resource", "add", "https://slash.example.com"]);
    for (const taken of [issuer, `${issuer}/`, "https://slash.example.com/"]) {
      const { status, stderr } = await inProcess(folder, ["resource", "add", taken]);
      assert.equal(status, 2);
      assert.match(stderr, /is taken by/);
    }
  });

  it("leaves each change in the audit log, with who made it and no secret", async () => {
    const store = await sqliteStore(`${folder}/valetkey-data/valetkey.sqlite`);
    const events = await store.journal.events(1_000);
    await store.close();
    const written = events.filter(({ detail }) => detail?.includes("by the command line"));
    for (const what of [
      "client.added",
      "client.removed",
      "client.secret-rotated",
      "account.added",
      "account.disabled",
    ])
      assert.ok(
        written.some((event) => event.what === what),
        what,
      );
    assert.ok(!JSON.stringify(events).includes("vks_"));
  });

  spec("I2-START", "a second start finds clients, keys and accounts as they were left", async () => {
    const { client_id, client_secret } = await factsOf(folder, [
      ...["client", "add", "--name", "Stays", "--confidential", "--scope", "files:read"],
    ]);
    const jwks = await (await fetch(`${issuer}/jwks`)).text();
    assert.equal((await server.process.stop()).status, 0);
    await started(folder, []);
    assert.equal((await token(client_id, client_secret)).status, 200);
    assert.equal(await (await fetch(`${issuer}/jwks`)).text(), jwks);
    assert.ok((await factsOf(folder, ["account", "list"])).length >= 3);
  });
});
