import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { ada, aScene, connected, type Scene, signInElsewhere } from "../testing/elsewhere.ts";
import { spec } from "../testing/spec.ts";

/** The person of `ada` has an account here; nobody may come into it but they. */
async function aVictim(about: Parameters<typeof aScene>[0] = {}, options: Parameters<typeof aScene>[1] = {}) {
  const scene = await aScene(about, options);
  const account = await scene.server.person();
  await scene.server.store.identities.add({ ...connected, accountId: account.id });
  return { ...scene, account, [Symbol.asyncDispose]: () => scene.server.close() };
}

type Victim = Awaited<ReturnType<typeof aVictim>>;

async function isOutside({ server, account }: Victim): Promise<boolean> {
  return (await server.store.sessions.listOf(account.id)).length === 0;
}

/** How often a token endpoint of either provider was asked. */
function redeemed({ work, home }: Scene): number {
  return [...work.asked, ...home.asked].filter((path) => path === "/token").length;
}

/** The same answer, brought to another address of ours, or with something changed. */
function changed(back: URL, values: Readonly<Record<string, string | null>>, path = back.pathname): string {
  const url = new URL(path + back.search, back);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.href;
}

function stays(visit: Visit, told: RegExp): void {
  assert.match(visit.url, /\/sign-in\?interaction=[\w-]+$/);
  assert.match(visit.body, told);
}

describe("answers that are mixed up", () => {
  spec(
    "SBU-03",
    "is taken at the redirect URI of the upstream that was left for, and at no other",
    async () => {
      await using scene = await aVictim();
      const back = scene.work.approve(await scene.leave(await scene.begin()), ada);
      const visit = await scene.browser.open(changed(back, {}, "/upstream/home/callback"));
      stays(visit, /answer of Home could not be accepted/);
      assert.equal(redeemed(scene), 0);
      assert.ok(await isOutside(scene));
      assert.match(scene.server.audit.text, /The upstream home: mix-up/);
      // The attempt spent the state: the honest address does not take it any more.
      await scene.browser.open(back.href);
      assert.equal(redeemed(scene), 0);
    },
  );

  spec("SBU-03", "the code of an honest upstream is not sent to one that led the browser there", async () => {
    await using scene = await aVictim();
    const toHome = new URL(await scene.leave(await scene.begin(), "home"));
    // Home is run by somebody who sends the browser on to the honest upstream, with the state that was meant for Home.
    const toWork = new URL(scene.work.approve(await scene.leave(await scene.begin()), ada));
    const visit = await scene.browser.open(
      changed(toWork, { state: toHome.searchParams.get("state") }, "/upstream/work/callback"),
    );
    stays(visit, /answer of Work could not be accepted/);
    assert.equal(redeemed(scene), 0);
  });

  for (const [given, iss] of Object.entries({
    "another issuer": "https://id.example.org",
    "no issuer": null,
  })) {
    spec("ISS-01", `an answer that names ${given} is used for nothing`, async () => {
      await using scene = await aVictim();
      const back = scene.work.approve(await scene.leave(await scene.begin()), ada);
      stays(await scene.browser.open(changed(back, { iss })), /could not be accepted/);
      assert.equal(redeemed(scene), 0);
      assert.ok(await isOutside(scene));
    });
  }
});

describe("sign-ins elsewhere that somebody else began", () => {
  spec("SBU-04", "is not ended in another browser, and its code is not redeemed there", async () => {
    await using scene = await aVictim();
    const back = scene.work.approve(await scene.leave(await scene.begin()), ada);
    const other = new ABrowser(scene.server);
    for (const visit of [await other.open(back.href), await afterVisit(other, back)]) {
      assert.equal(visit.status, 400);
      assert.equal(scene.server.audit.lastRefusal, "interaction.unknown");
    }
    assert.equal(redeemed(scene), 0);
    assert.ok(await isOutside(scene));
    // Nor did it spend anything of the browser that began.
    assert.match((await scene.browser.open(back.href)).url, /\/consent\?/);

    /** With a cookie of its own, from a sign-in of its own. */
    async function afterVisit(browser: ABrowser, url: URL): Promise<Visit> {
      await browser.open("/account");
      return await browser.open(url.href);
    }
  });

  const states: readonly { given: string; state: (own: string, others: string) => string | null }[] = [
    { given: "none", state: () => null },
    { given: "one that names no interaction", state: (own) => own.slice(own.indexOf(".") + 1) },
    { given: "the interaction alone", state: (own) => own.slice(0, own.indexOf(".")) },
    { given: "the interaction and nothing behind", state: (own) => own.slice(0, own.indexOf(".") + 1) },
    {
      given: "the interaction and the secret of another tab's",
      state: (own, others) => own.slice(0, own.indexOf(".")) + others.slice(others.indexOf(".")),
    },
    { given: "one with a letter more", state: (own) => `${own}a` },
  ];
  for (const { given, state } of states) {
    spec("SBU-04", `the state is not ${given}`, async () => {
      await using scene = await aVictim();
      const back = scene.work.approve(await scene.leave(await scene.begin()), ada);
      const others = scene.work.approve(await scene.leave(await scene.begin()), ada);
      const [own, other] = [back, others].map((url) => url.searchParams.get("state") ?? "");
      await scene.browser.open(changed(back, { state: state(own ?? "", other ?? "") }));
      assert.equal(redeemed(scene), 0);
      assert.ok(await isOutside(scene));
    });
  }

  it("[RFC9700-RP-CODE] a code of the attacker's own sign-in, put into the victim's answer, fits no verifier", async () => {
    await using scene = await aVictim();
    const victims = scene.work.approve(await scene.leave(await scene.begin()), ada);
    const attackers = scene.work.approve(await scene.leave(await scene.begin()), { sub: "eve-there" });
    const code = attackers.searchParams.get("code");
    stays(await scene.browser.open(changed(victims, { code })), /could not be accepted/);
    assert.equal(redeemed(scene), 1);
    assert.match(scene.server.audit.text, /invalid_grant/);
  });

  it("[RFC9700-RP-CODE OIDC-RP-TOKEN] an ID token of an earlier sign-in, given again, has the wrong nonce", async () => {
    await using scene = await aVictim();
    const before = new URL(await scene.leave(await scene.begin())).searchParams.get("nonce");
    scene.work.lies.claims = { nonce: before };
    stays(await signInElsewhere(scene), /could not be accepted/);
    assert.ok(await isOutside(scene));
  });
});

describe("an answer that comes again", () => {
  it("is taken once", async () => {
    await using scene = await aVictim();
    const back = scene.work.approve(await scene.leave(await scene.begin()), ada);
    await scene.browser.open(back.href);
    const again = await scene.browser.open(back.href);
    assert.equal(redeemed(scene), 1);
    assert.doesNotMatch(again.url, /callback/);
  });

  it("[RFC9700-RP-CODE] is taken once when it comes ten times at once", async () => {
    await using scene = await aVictim();
    const back = scene.work.approve(await scene.leave(await scene.begin()), ada);
    await Promise.all(Array.from({ length: 10 }, () => scene.browser.open(back.href)));
    assert.equal(redeemed(scene), 1);
    assert.equal((await scene.server.store.sessions.listOf(scene.account.id)).length, 1);
  });

  it("is not taken once the person left anew, or waited too long", async () => {
    await using scene = await aVictim();
    const page = await scene.begin();
    const first = scene.work.approve(await scene.leave(page), ada);
    const second = scene.work.approve(await scene.leave(page), ada);
    await scene.browser.open(first.href);
    assert.equal(redeemed(scene), 0);
    scene.server.clock.advance(scene.server.settings.lifetimes.interaction);
    assert.equal((await scene.browser.open(second.href)).status, 400);
    assert.equal(scene.server.audit.lastRefusal, "interaction.expired");
    assert.equal(redeemed(scene), 0);
  });
});

describe("what else goes wrong elsewhere", () => {
  it("[I6-UPSTREAM-WORDS] sends nobody to an upstream that does not answer, and says so", async () => {
    await using scene = await aVictim();
    scene.work.lies.instead = () => new Response("", { status: 503 });
    const page = await scene.browser.submit(await scene.begin(), { action: "upstream", upstream: "work" });
    stays(page, /Work does not answer/);
  });

  it("says so too where the client wished to go straight there", async () => {
    await using scene = await aVictim();
    scene.work.lies.instead = () => new Response("", { status: 503 });
    stays(await scene.begin({ direct_sign_in: "upstream:work" }), /Work does not answer/);
  });

  it("[I6-UPSTREAM-WORDS] sends nobody to an upstream that is not there", async () => {
    await using scene = await aVictim();
    const page = await scene.browser.submit(await scene.begin(), { action: "upstream", upstream: "nowhere" });
    stays(page, /switched off/);
  });

  for (const { given, kind, query, isTaken } of [
    { given: "max_age and a provider", kind: "oidc", query: { max_age: "100" }, isTaken: false },
    { given: "max_age and Google", kind: "google", query: { max_age: "100" }, isTaken: false },
    { given: "prompt=login and Google", kind: "google", query: { prompt: "login" }, isTaken: false },
    // OpenID Connect Core §3.1.2.1: it must ask again, or answer with an error.
    { given: "prompt=login and a provider", kind: "oidc", query: { prompt: "login" }, isTaken: true },
    { given: "no wish and Google", kind: "google", query: {}, isTaken: true },
  ] as const) {
    const does = isTaken ? "takes" : "does not take";
    it(`[OIDC-RP-FRESH] ${does} a sign-in there of an age that nobody tells: ${given}`, async () => {
      await using scene = await aVictim({ kind });
      const visit = await signInElsewhere(scene, ada, query);
      if (isTaken) assert.match(visit.url, /\/consent\?/);
      else stays(visit, /prove again who you are/);
      assert.equal(await isOutside(scene), !isTaken);
    });
  }

  for (const [given, query] of Object.entries({
    "prompt=login": { prompt: "login" },
    max_age: { max_age: "100" },
  })) {
    it(`[OIDC-RP-FRESH] does not take a sign-in there of long ago for the one that ${given} asks for`, async () => {
      await using scene = await aVictim();
      const now = scene.server.clock.now();
      stays(await signInElsewhere(scene, { ...ada, auth_time: now - 200 }, query), /prove again who you are/);
      assert.ok(await isOutside(scene));
      const visit = await signInElsewhere(scene, { ...ada, auth_time: now }, query);
      assert.match(visit.url, /\/consent\?/);
    });
  }

  it("counts what was forged against the browser, and the person's own no for nothing", async () => {
    await using scene = await aVictim({}, { limits: { sign_in: { limit: 2, window: 60 } } });
    for (let at = 0; at < 3; at++) {
      const back = scene.work.approve(await scene.leave(await scene.begin()), ada);
      stays(await scene.browser.open(changed(back, { error: "access_denied" })), /did not sign you in/);
    }
    const answers = [];
    for (let at = 0; at < 3; at++)
      answers.push(scene.work.approve(await scene.leave(await scene.begin()), ada));
    for (const [at, back] of answers.entries()) {
      const { status } = await scene.browser.open(changed(back, { code: "guessed" }));
      assert.equal(status, at < 2 ? 200 : 429);
    }
    assert.equal(redeemed(scene), 2);
    // Whoever was held back may come again with the same answer.
    scene.server.clock.advance(120);
    assert.match((await scene.browser.open(answers[2]?.href ?? "")).url, /\/consent\?/);
  });

  it("gives a new session, whatever cookie the browser came with", async () => {
    await using scene = await aVictim();
    const planted = "planted-by-somebody-else-0000000000000000000";
    scene.browser.cookies.set("__Host-valetkey-session", planted);
    await signInElsewhere(scene);
    assert.notEqual(scene.browser.cookies.get("__Host-valetkey-session"), planted);
    assert.ok(!(await isOutside(scene)));
  });

  it("writes no code, state, nonce, verifier or token into audit and trace", async () => {
    await using scene = await aVictim();
    const away = new URL(await scene.leave(await scene.begin()));
    const back = scene.work.approve(away.href, ada);
    await scene.browser.open(back.href);
    const form = scene.work.lastToken.form;
    const secrets = [
      ...["code", "state"].map((name) => back.searchParams.get(name)),
      ...["nonce", "code_challenge"].map((name) => away.searchParams.get(name)),
      form.get("code_verifier"),
      "an access token of there",
    ];
    for (const secret of secrets) {
      assert.ok(secret);
      assert.ok(!scene.server.audit.text.includes(secret), secret);
    }
  });
});
