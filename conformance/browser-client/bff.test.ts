import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type BffOptions, createBff, memoryStore } from "../../packages/browser/src/entries/bff.ts";
import { type Listening, listenFetch } from "../../packages/resource/src/testing/listen.ts";
import { ABrowser } from "../../packages/server/src/testing/a-browser.ts";
import { password } from "../../packages/server/src/testing/a-server.ts";
import { type AStage, aStage, until } from "./a-stage.ts";
import { type Bff, origin, own, Visitor } from "./a-visitor.ts";

describe("a backend for frontend", () => {
  let stage: AStage;
  let other: Listening;
  const reached: Request[] = [];
  before(async () => {
    stage = await aStage();
    other = await listenFetch((request) => {
      reached.push(request);
      if (new URL(request.url).pathname === "/other/away")
        return new Response(null, { status: 302, headers: { location: "https://evil.example/" } });
      return new Response("here", { headers: { "set-cookie": "their=own", "x-inner": "secret" } });
    });
  });
  after(async () => {
    await other.close();
    await stage.close();
  });

  async function aBff(more: Partial<BffOptions> = {}): Promise<Bff> {
    const { id, secret } = await stage.server.client({
      authMethods: ["client_secret_basic"],
      redirectUris: [`${origin}/bff/callback`],
    });
    return createBff({
      issuer: stage.issuer,
      clientId: id,
      clientSecret: secret,
      origin,
      scope: "openid profile notes:read",
      resource: stage.api.origin,
      upstreams: {
        "/notes": `${stage.api.origin}/notes`,
        "/write": `${stage.api.origin}/write`,
        "/other": `${other.origin}/other`,
      },
      ...more,
    });
  }

  /** The way to the issuer and back. @returns the callback's path */
  async function wayBack(
    visitor: Visitor,
    path = "/bff/sign-in?return_to=%2Fnotes%3Fa%3D1",
    email = "ada@example.com",
  ): Promise<string> {
    const away = await visitor.get(path, { "sec-fetch-site": "same-origin" });
    assert.equal(away.status, 303);
    const person = new ABrowser({
      issuer: stage.issuer,
      fetchHere: (to, init) => stage.server.fetchHere(to, init),
    });
    const back = await person.approve(away.headers.get("location") ?? "", {
      email,
      password,
    });
    return back.pathname + back.search;
  }
  const crossSite = { "sec-fetch-site": "cross-site" };

  async function signedIn(bff: Bff): Promise<Visitor> {
    const visitor = new Visitor(bff);
    const done = await visitor.get(await wayBack(visitor), crossSite);
    assert.equal(done.status, 303);
    assert.equal(done.headers.get("location"), "/notes?a=1");
    return visitor;
  }

  it("[BBA-05] keeps the tokens, and gives the browser cookies that no script, no other host and no other site has", async () => {
    const visitor = await signedIn(await aBff());
    const session = visitor.lines.find((line) => line.startsWith("__Host-valetkey-session=")) ?? "";
    assert.match(session, /; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=43200$/);
    assert.doesNotMatch(session, /domain/i);
    const signIn = visitor.lines.find((line) => line.startsWith("__Host-valetkey-sign-in=")) ?? "";
    assert.match(signIn, /; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/);
    assert.deepEqual([...visitor.cookies.keys()], ["__Host-valetkey-session"]);
    const told = await (await visitor.get("/bff/session")).text();
    assert.partialDeepStrictEqual(JSON.parse(told), {
      account: { name: "Ada" },
      scopes: ["notes:read", "openid", "profile"],
    });
    const everything = told + visitor.lines.join() + [...visitor.cookies.values()].join();
    for (const { body } of stage.calls) {
      for (const token of [body.access_token, body.refresh_token])
        assert.ok(!everything.includes(token ?? "?"));
    }
  });

  it("brings the token to the API and the answer back", async () => {
    const visitor = await signedIn(await aBff());
    const answer = await visitor.get("/bff/api/notes/today?x=1");
    assert.equal(answer.status, 200);
    assert.partialDeepStrictEqual(await answer.json(), { scopes: ["notes:read", "openid", "profile"] });
    const refused = await visitor.get("/bff/api/write", own, { method: "POST", body: "x" });
    assert.equal(refused.status, 403);
    assert.match(refused.headers.get("www-authenticate") ?? "", /insufficient_scope/);
  });

  for (const { given, headers } of [
    { given: "no header of our page", headers: { "sec-fetch-site": "same-origin" } },
    { given: "another site's page", headers: { ...own, "sec-fetch-site": "cross-site" } },
    { given: "another origin of the same site", headers: { ...own, "sec-fetch-site": "same-site" } },
    { given: "the address bar", headers: { ...own, "sec-fetch-site": "none" } },
  ]) {
    it(`[BBA-05] refuses what is asked by ${given}`, async () => {
      const visitor = await signedIn(await aBff());
      for (const [path, method] of [
        ["/bff/session", "GET"],
        ["/bff/api/notes", "GET"],
        ["/bff/sign-out", "POST"],
      ] as const) {
        assert.equal((await visitor.get(path, headers, { method })).status, 403, path);
      }
      assert.equal((await visitor.get("/bff/api/notes")).status, 200, "nobody was signed out");
    });
  }

  it("[BBA-05] gives no page of another origin leave to read, nor to send the header", async () => {
    const visitor = await signedIn(await aBff());
    const asked = { origin: "https://evil.example", "access-control-request-headers": "x-valetkey" };
    for (const path of ["/bff/session", "/bff/api/notes"]) {
      const answer = await visitor.get(path, asked, { method: "OPTIONS" });
      assert.equal(answer.headers.get("access-control-allow-origin"), null);
      assert.equal(answer.status, 403);
    }
  });

  for (const path of [
    "/bff/api/elsewhere",
    "/bff/api/notesx",
    "/bff/api/other/../notes-of-all",
    "/bff/api/other/%2e%2e/admin",
    "/bff/api/other@evil.example/",
    "/bff/api//evil.example/other",
    "/bff/api/https://evil.example/",
  ]) {
    it(`[BBA-05] takes the token to no place that is not on its list: ${path}`, async () => {
      const visitor = await signedIn(await aBff());
      reached.length = 0;
      assert.equal((await visitor.get(path)).status, 404);
      assert.equal(reached.length, 0);
    });
  }

  it("takes the nearer of two places, one within the other", async () => {
    const upstreams = { "/all": `${stage.api.origin}/notes`, "/all/other": `${other.origin}/other` };
    const visitor = await signedIn(await aBff({ upstreams }));
    reached.length = 0;
    assert.equal((await visitor.get("/bff/api/all/other/x")).status, 200);
    assert.equal(reached.length, 1);
    assert.equal((await visitor.get("/bff/api/all/today")).status, 200);
    assert.equal(reached.length, 1);
  });

  for (const path of [
    "..%2fadmin",
    "..%5cadmin",
    "%252e%252e/admin",
    "..;/admin",
    ".;/admin",
    "..;a=b/admin",
    "%2e%2e;/admin",
    "..%3b/admin",
    "x/%2e.%3Ba/admin",
    "%c0%ae/admin",
  ]) {
    it(`[BBA-05] refuses a path that an API may read in another way: ${path}`, async () => {
      const visitor = await signedIn(await aBff());
      reached.length = 0;
      assert.equal((await visitor.get(`/bff/api/other/${path}`)).status, 400);
      assert.equal(reached.length, 0);
      assert.equal((await visitor.get("/bff/api/other/a..;b/...x/c;d")).status, 200);
    });
  }

  it("[BBA-05] hands on neither cookies nor what it was not asked to, follows no redirect, and shows no inner header", async () => {
    const visitor = await signedIn(await aBff());
    reached.length = 0;
    const answer = await visitor.get("/bff/api/other/x", {
      ...own,
      authorization: "Bearer mine",
      "x-forwarded-for": "me",
    });
    assert.equal(await answer.text(), "here");
    const [request] = reached;
    assert.equal(request?.headers.get("cookie"), null);
    assert.equal(request?.headers.get("x-forwarded-for"), null);
    assert.equal(request?.headers.get("x-valetkey"), null);
    assert.notEqual(request?.headers.get("authorization"), "Bearer mine");
    assert.equal(answer.headers.get("set-cookie"), null);
    assert.equal(answer.headers.get("x-inner"), null);
    assert.equal((await visitor.get("/bff/api/other/away")).status, 502);
  });

  it("[SBU-04] ends a sign-in only in the browser that began it, once", async () => {
    const bff = await aBff();
    const [victim, thief] = [new Visitor(bff), new Visitor(bff)];
    const path = await wayBack(thief);
    const before = stage.calls.length;
    await victim.get("/bff/sign-in", { "sec-fetch-site": "none" });
    for (const visitor of [victim, new Visitor(bff)]) {
      const answer = await visitor.get(path, crossSite);
      assert.equal(answer.headers.get("location"), "/");
      assert.ok(!visitor.cookies.has("__Host-valetkey-session"));
    }
    assert.equal(stage.calls.length, before, "the code went nowhere");
    const state = thief.cookies.get("__Host-valetkey-sign-in") ?? "";
    await thief.get(path, crossSite);
    assert.ok(thief.cookies.has("__Host-valetkey-session"));
    thief.cookies.set("__Host-valetkey-sign-in", state);
    const calls = stage.calls.length;
    await thief.get(path, crossSite);
    assert.equal(stage.calls.length, calls);
  });

  it("lets no other site begin a sign-in, and sends nobody to another origin afterwards", async () => {
    const bff = await aBff();
    assert.equal((await new Visitor(bff).get("/bff/sign-in", crossSite)).status, 403);
    for (const place of ["https://evil.example/", "/.//evil.example/x", `${origin}//evil.example/x`]) {
      const visitor = new Visitor(bff);
      const path = await wayBack(visitor, `/bff/sign-in?return_to=${encodeURIComponent(place)}`);
      assert.equal((await visitor.get(path, crossSite)).headers.get("location"), "/", place);
    }
  });

  it("[ISS-01] takes no answer of another issuer", async () => {
    const visitor = new Visitor(await aBff());
    const path = (await wayBack(visitor)).replace(/iss=[^&]*/, "iss=https%3A%2F%2Fevil.example");
    const before = stage.calls.length;
    const answer = await visitor.get(path, crossSite);
    assert.equal(answer.headers.get("location"), "/notes?a=1&sign_in_error=callback");
    assert.equal(stage.calls.length, before);
  });

  it("makes one refresh for ten requests at once, and the session goes on", async () => {
    const visitor = await signedIn(await aBff());
    stage.api.state.refused.add(stage.calls.at(-1)?.body.access_token ?? "");
    const before = stage.calls.length;
    const answers = await Promise.all(Array.from({ length: 10 }, () => visitor.get("/bff/api/notes")));
    assert.deepEqual(
      answers.map(({ status }) => status),
      answers.map(() => 200),
    );
    assert.equal(stage.calls.length - before, 1);
  });

  it("never shows a refresh token again that was spent while a long request came in", async () => {
    const clock = { now: Math.floor(Date.now() / 1000) };
    const visitor = await signedIn(await aBff({ now: () => clock.now }));
    let end = () => {};
    const body = new ReadableStream({
      start(controller) {
        end = () => controller.close();
      },
    });
    const slow = visitor.get("/bff/api/other", own, { method: "POST", body, duplex: "half" } as RequestInit);
    const before = stage.calls.length;
    clock.now += 3_600;
    assert.equal((await visitor.get("/bff/api/other")).status, 200);
    clock.now += 3_600;
    end();
    assert.equal((await slow).status, 200);
    const shown = stage.calls.slice(before).map(({ form }) => form.get("refresh_token"));
    assert.equal(shown.length, 2);
    assert.equal(new Set(shown).size, 2);
  });

  /** Two processes: each knows what the other does by the store alone. */
  async function twoOf(locked: boolean): Promise<{ first: Visitor; second: Visitor }> {
    const { id, secret } = await stage.server.client({
      authMethods: ["client_secret_basic"],
      redirectUris: [`${origin}/bff/callback`],
    });
    const now = () => Math.floor(Date.now() / 1000);
    let last: Promise<unknown> = Promise.resolve();
    function lock<T>(_name: string, work: () => Promise<T>): Promise<T> {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    }
    const store = { ...memoryStore(now), ...(locked && { lock }) };
    const first = await signedIn(await aBff({ clientId: id, clientSecret: secret, store }));
    const second = new Visitor(await aBff({ clientId: id, clientSecret: secret, store }));
    for (const [name, value] of first.cookies) second.cookies.set(name, value);
    return { first, second };
  }

  it("makes one refresh for two processes whose store has a lock", async () => {
    const { first, second } = await twoOf(true);
    stage.api.state.refused.add(stage.calls.at(-1)?.body.access_token ?? "");
    const before = stage.calls.length;
    const answers = await Promise.all([first, second].map((visitor) => visitor.get("/bff/api/notes")));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    assert.equal(stage.calls.length - before, 1);
  });

  it("is seen by the test to make two where the store has none", async () => {
    const { first, second } = await twoOf(false);
    stage.api.state.refused.add(stage.calls.at(-1)?.body.access_token ?? "");
    const before = stage.calls.length;
    let release = () => {};
    // No answer until both have asked: whoever came later would find the new token, and need none.
    stage.pause.until = new Promise((resolve) => {
      release = resolve;
    });
    const answers = Promise.all([first, second].map((visitor) => visitor.get("/bff/api/notes")));
    await until(() => stage.calls.length - before === 2);
    release();
    await answers;
  });

  it("stays over when a person signs out while a new token is on its way, and ends that one too", async () => {
    const visitor = await signedIn(await aBff());
    stage.api.state.refused.add(stage.calls.at(-1)?.body.access_token ?? "");
    let release = () => {};
    stage.pause.until = new Promise((resolve) => {
      release = resolve;
    });
    const before = stage.calls.length;
    const answer = visitor.get("/bff/api/notes");
    while (stage.calls.length === before) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal((await visitor.get("/bff/sign-out", own, { method: "POST" })).status, 200);
    stage.revoked.length = 0;
    release();
    assert.equal((await answer).status, 401);
    const came = stage.calls.at(-1)?.body.refresh_token ?? "";
    assert.deepEqual(
      stage.revoked.map((form) => form.get("token")),
      [came],
    );
  });

  it("takes no answer that says something twice", async () => {
    const visitor = new Visitor(await aBff());
    const path = await wayBack(visitor);
    const before = stage.calls.length;
    const answer = await visitor.get(`${path}&code=another`, crossSite);
    assert.equal(answer.headers.get("location"), "/");
    assert.ok(!visitor.cookies.has("__Host-valetkey-session"));
    assert.equal(stage.calls.length, before);
  });

  it("ends a session when the issuer ended it, and at its own time", async () => {
    const clock = { now: Math.floor(Date.now() / 1000) };
    const visitor = await signedIn(await aBff({ now: () => clock.now }));
    assert.equal((await visitor.get("/bff/api/notes")).status, 200);
    clock.now += 43_200;
    assert.equal((await visitor.get("/bff/api/notes")).status, 401);
    assert.deepEqual(await (await visitor.get("/bff/session")).json(), {});
  });

  it("revokes at the sign-out, and the cookie opens nothing any more", async () => {
    const visitor = await signedIn(await aBff());
    const kept = visitor.cookies.get("__Host-valetkey-session") ?? "";
    const answer = await visitor.get("/bff/sign-out", own, { method: "POST" });
    assert.match(((await answer.json()) as { location: string }).location, /\/end-session\?/);
    assert.equal(visitor.cookies.size, 0);
    visitor.cookies.set("__Host-valetkey-session", kept);
    assert.equal((await visitor.get("/bff/api/notes")).status, 401);
  });

  it("revokes what another person's sign-in takes the place of, and lets be what the same person's does", async () => {
    const visitor = await signedIn(await aBff());
    await stage.server.person({ email: "grace@example.com" });
    stage.revoked.length = 0;
    const first = stage.refreshTokens().at(-1);
    await visitor.get(await wayBack(visitor), crossSite);
    assert.equal(stage.revoked.length, 0);
    const second = stage.refreshTokens().at(-1);
    assert.notEqual(second, first);
    await visitor.get(await wayBack(visitor, "/bff/sign-in", "grace@example.com"), crossSite);
    assert.deepEqual(
      stage.revoked.map((form) => form.get("token")),
      [second],
    );
    assert.equal((await visitor.get("/bff/api/notes")).status, 200);
  });

  it("leaves every other path to the app", async () => {
    const bff = await aBff();
    for (const path of ["/", "/bffx", "/bff", "/notes"])
      assert.equal(await bff.fetch(new Request(origin + path)), undefined);
  });
});
