import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { Places } from "../ports/places.ts";
import { aServer, issuer } from "../testing/a-server.ts";
import { AnAccountPage, textOf } from "../testing/an-account-page.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

async function aWorld(t: TestContext, places?: Places) {
  const server = await aServer(places ? { places } : {});
  t.after(() => server.close());
  const ada = await server.person({ email });
  const bob = await server.person({ email: "bob@example.com" });
  return { server, ada, bob };
}

describe("the page of sessions", () => {
  spec(
    "I6-ACCOUNT-SESSIONS",
    "tells each browser's device, place and times, and which is this one",
    async (t) => {
      const places: Places = { find: () => ({ country: "DE", city: { en: "Cologne", de: "Köln" } }) };
      const { server } = await aWorld(t, places);
      await AnAccountPage.open(server, { userAgent: firefox });
      server.clock.advance(7_300);
      const page = await AnAccountPage.open(server);
      const text = textOf(await page.see("sessions"));
      assert.match(
        text,
        /This browser Cologne, Germany\. Signed in less than a minute ago; last used less than a minute ago\./,
      );
      assert.match(
        text,
        /Firefox on Linux Cologne, Germany\. Signed in 2 hours ago; last used 2 hours ago\./,
      );
      assert.equal(text.match(/This browser/g)?.length, 1);
    },
  );

  spec("I6-ACCOUNT-SESSIONS", "signs one browser out and leaves the others", async (t) => {
    const { server, ada } = await aWorld(t);
    const other = await AnAccountPage.open(server, { userAgent: firefox });
    const third = await AnAccountPage.open(server);
    const page = await AnAccountPage.open(server);
    const one = (await server.store.sessions.listOf(ada.id)).find(({ userAgent }) => userAgent === firefox);
    const ended = await page.send("sessions", { end: one?.sid ?? "" });
    assert.match(textOf(ended), /That browser is signed out\./);
    assert.match((await other.see()).url, /\/sign-in\?/);
    for (const left of [page, third]) assert.equal((await left.see()).url, `${issuer}/account`);
    assert.equal(server.audit.events.at(-1)?.what, "session.ended");
  });

  spec("I6-ACCOUNT-SESSIONS", "signs every other browser out and keeps this one", async (t) => {
    const { server, ada, bob } = await aWorld(t);
    const others = [await AnAccountPage.open(server), await AnAccountPage.open(server)];
    const theirs = await AnAccountPage.open(server, { email: bob.email });
    const page = await AnAccountPage.open(server);
    const ended = await page.send("sessions", { end: "others" });
    assert.match(textOf(ended), /Every other browser is signed out/);
    assert.equal((await server.store.sessions.listOf(ada.id)).length, 1);
    for (const other of others) assert.match((await other.see()).url, /\/sign-in\?/);
    assert.equal((await theirs.see()).url, `${issuer}/account`);
    assert.equal(server.audit.events.at(-1)?.what, "sessions.ended");
  });

  for (const given of ["another person's", "its own", "no session", "nothing"] as const) {
    spec("I6-ACCOUNT-FORMS", `signs nobody out for ${given}, and tells none of it apart`, async (t) => {
      const { server, ada, bob } = await aWorld(t);
      await AnAccountPage.open(server, { email: bob.email });
      const page = await AnAccountPage.open(server);
      const [[own], [theirs]] = [
        await server.store.sessions.listOf(ada.id),
        await server.store.sessions.listOf(bob.id),
      ];
      const ends = {
        "another person's": theirs?.sid,
        "its own": own?.sid,
        "no session": "gone",
        nothing: "",
      };
      const { url, body } = await page.send("sessions", { end: ends[given] ?? "" });
      assert.equal(url, `${issuer}/account/sessions`);
      assert.doesNotMatch(body, /role="status"/);
      assert.equal((await server.store.sessions.listOf(ada.id)).length, 1);
      assert.equal((await server.store.sessions.listOf(bob.id)).length, 1);
    });
  }

  for (const [given, forged, headers] of [
    ["no token", { form_token: "" }, {}],
    ["another site's form", {}, { "sec-fetch-site": "cross-site" }],
  ] as const) {
    spec("I6-ACCOUNT-FORMS", `signs nobody out for ${given}`, async (t) => {
      const { server, ada } = await aWorld(t);
      await AnAccountPage.open(server);
      const page = await AnAccountPage.open(server);
      const { status } = await page.send("sessions", { end: "others", ...forged }, headers);
      assert.equal(status, 400);
      assert.equal((await server.store.sessions.listOf(ada.id)).length, 2);
    });
  }

  spec("I6-ACCOUNT-SESSIONS", "notes a use once an hour", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const began = server.clock.now();
    for (const [after, noted] of [
      [3_599, 0],
      [1, 3_600],
      [3_599, 3_600],
      [1, 7_200],
    ] as const) {
      server.clock.advance(after);
      await page.see();
      await new Promise((resolve) => setImmediate(resolve));
      const [session] = await server.store.sessions.listOf(ada.id);
      assert.equal((session?.lastUsedAt ?? 0) - began, noted);
    }
  });

  it("shows none that has expired", async (t) => {
    const { server } = await aWorld(t);
    await AnAccountPage.open(server, { userAgent: firefox });
    server.clock.advance(server.settings.lifetimes.session);
    const page = await AnAccountPage.open(server);
    assert.doesNotMatch(textOf(await page.see("sessions")), /Firefox/);
  });
});
