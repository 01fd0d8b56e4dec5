import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createGuard } from "@valetkey/resource";
import { newDpopKey } from "../../packages/agent/src/dpop-key.ts";
import { type Browser, launchBrowser } from "../../packages/server/src/testing/browser.ts";
import { Program } from "../program/testing/program.ts";
import { calendarReader } from "./agent/reader.ts";
import { deniedWithin, tokenLifetime } from "./calendar/stated.ts";
import { openStage, type Stage } from "./stage.ts";
import { Someone } from "./testing/someone.ts";
import { loot, refreshWith, withToken } from "./testing/thief.ts";

const ofMia = /Dentist, Dr\. Ünal/;
const ofLeo = /Buy a present for Mia/;

describe("the calendar agent", () => {
  const data = mkdtempSync(join(tmpdir(), "calendar-agent-test-"));
  const storeOf = (name: string) => join(data, `store-${name}`);
  let stage: Stage;
  let browser: Browser;
  /** Mia's phone, and her agent on a shelf in the kitchen. */
  let mia: Someone;
  let agent: Program;
  const opened: { stop(): Promise<unknown> }[] = [];

  function start(who: string, ...words: readonly string[]): Program {
    const started = Program.start(
      new URL("agent.ts", import.meta.url),
      stage.calendar,
      "--store",
      storeOf(who),
      ...words,
    );
    opened.push(started);
    return started;
  }

  before(async () => {
    [stage, browser] = await Promise.all([openStage({ port: 0, data }), launchBrowser()]);
    mia = await Someone.at(browser, "phone", "mia@example.com");
  });
  after(async () => {
    await Promise.all(opened.map((one) => one.stop()));
    await browser.close();
    await stage.close();
    rmSync(data, { recursive: true, force: true });
  });

  it("[I5-LOGIN I5-STORY-TWO] shows a code, is allowed on a phone, and reads its person's day; one that is refused reads nothing", async () => {
    agent = start("mia", "--watch", "--every", "0.5");
    const refused = start("refused");
    const codeOf = (one: Program) => one.says(/type the code\s+(\S+)/);
    const [code, other] = await Promise.all([codeOf(agent), codeOf(refused)]);
    const page = await agent.says(/open\s+(\S+)/);
    assert.equal(page, `${stage.issuer}/device`);
    assert.match(agent.said, /[▀▄█]{10}/, "it draws a picture of the address");

    await mia.decides(page, code, "allow");
    assert.match(await mia.reads(), /The device is connected.*Calendar agent/);
    await mia.decides(page, other, "deny");

    await agent.says(/You let this agent read your calendar/);
    await agent.says(/09:00 - 09:15 {3}Stand-up \(Room 2; 4th floor\)/);
    await agent.says(ofMia);
    assert.doesNotMatch(agent.said, ofLeo);
    assert.equal(await refused.ended(), 1);
    assert.match(refused.said, /was not allowed/);
    assert.doesNotMatch(refused.said, /Stand-up/);
  });

  it("[I5-KEPT] keeps its login between runs, where its user alone can read it", async () => {
    const again = start("mia");
    assert.equal(await again.ended(), 0);
    assert.match(again.said, ofMia);
    assert.doesNotMatch(again.said, /type the code/);
    assert.equal((await loot(storeOf("mia"))).mode, 0o600);
  });

  it("[I5-STORY-TWO] is copied in vain: without its key neither of its tokens is worth anything, and it goes on itself", async () => {
    const { accessToken, refreshToken, key } = await loot(storeOf("mia"));
    const stolen = await newDpopKey();
    for (const [how, status] of [
      [{ scheme: "Bearer" }, 401],
      [{ scheme: "DPoP" }, 401],
      [{ scheme: "DPoP", key: stolen }, 401],
      [{ scheme: "Bearer", key: stolen }, 401],
      [{ scheme: "DPoP", key }, 200],
    ] as const) {
      assert.equal((await fetch(await withToken(stage.calendar, accessToken, how))).status, status);
    }
    for (const thief of [undefined, stolen]) {
      const { status, error } = await refreshWith(stage.issuer, refreshToken, thief);
      assert.equal(status, 400);
      assert.match(String(error), /^invalid_(grant|dpop_proof)$/);
    }
    assert.equal((await refreshWith(stage.issuer, refreshToken, key)).status, 200, "its own key is taken");
    const reader = calendarReader({ calendar: stage.calendar, folder: storeOf("mia") });
    assert.notEqual((await reader.token({ refused: accessToken })).accessToken, accessToken);
  });

  it("is let in by a browser of its own machine, too, and shows its person's calendar and no other", async () => {
    const leo = await Someone.at(browser, "desktop", "leo@example.com");
    const agent = start("leo", "--loopback", "--no-browser");
    await leo.open(await agent.says(/(http\S+\/authorize\?\S+)/));
    await leo.page.waitForSelector("button[name=decision]");
    assert.match(await leo.reads(), /Read your calendar/);
    await leo.picture("consent");
    await leo.page.click("button[name=decision][value=allow]");
    assert.equal(await agent.ended(), 0);
    assert.match(agent.said, ofLeo);
    assert.doesNotMatch(agent.said, ofMia);
    assert.deepEqual(await leo.leaves(), []);
  });

  it("answers with nobody else's events, whatever is asked, and with none to nobody", async () => {
    const leo = calendarReader({ calendar: stage.calendar, folder: storeOf("leo") });
    const span = "from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z";
    const asked = ["owner", "sub", "user", "email"].map((word) => `${word}=mia@example.com`).join("&");
    for (const path of [`/agenda?${span}&${asked}`, `/calendar.ics?${asked}`]) {
      const response = await leo.fetch(`${stage.calendar}${path}`);
      const text = await response.text();
      assert.equal(response.status, 200);
      assert.match(text, ofLeo);
      assert.doesNotMatch(text, /Dentist|Hauptstra/);
      const nobody = await fetch(`${stage.calendar}${path}`);
      assert.equal(nobody.status, 401);
      assert.match(nobody.headers.get("www-authenticate") ?? "", /scope="calendar:read"/);
    }
    const ics = await leo.fetch(`${stage.calendar}/calendar.ics`);
    assert.equal(ics.headers.get("content-type"), "text/calendar; charset=utf-8");
    assert.match(
      await ics.text(),
      /^BEGIN:VCALENDAR\r\n[\s\S]*RRULE:FREQ=DAILY\r\n[\s\S]*END:VCALENDAR\r\n$/,
    );
    assert.equal((await leo.fetch(`${stage.calendar}/agenda?from=yesterday&to=today`)).status, 400);
  });

  it("prints the whole calendar, and ends its login when it is told to", async () => {
    const whole = start("leo", "--ics");
    assert.equal(await whole.ended(), 0);
    assert.match(whole.said, /^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
    const { refreshToken, key } = await loot(storeOf("leo"));
    const over = start("leo", "--sign-out");
    assert.equal(await over.ended(), 0);
    assert.match(over.said, /Signed out/);
    assert.deepEqual(await refreshWith(stage.issuer, refreshToken, key), {
      status: 400,
      error: "invalid_grant",
    });
  });

  it("[I5-ACCOUNT I5-STORY-TWO] is denied within the stated time once it is cut on the account page, and tells its user so", async () => {
    const { accessToken, key } = await loot(storeOf("mia"));
    const attempt = async () => fetch(await withToken(stage.calendar, accessToken, { scheme: "DPoP", key }));
    await mia.open(`${stage.issuer}/account`);
    assert.match(await mia.reads(), /Calendar agent.*Read your calendar.*calendar-agent on /);
    await mia.picture("account");
    assert.equal((await attempt()).status, 200, "until now it may");

    const cutAt = performance.now();
    await mia.page.locator(".devices button").first().click();
    const seconds = () => (performance.now() - cutAt) / 1000;
    let denied = await attempt();
    while (denied.status === 200 && seconds() < 4 * deniedWithin) {
      await pause(20);
      denied = await attempt();
    }
    const took = seconds();
    assert.equal(denied.status, 401);
    assert.ok(took < deniedWithin, `denied after ${took.toFixed(1)} s`);
    console.log(`Cut and denied in ${took.toFixed(2)} s; stated: ${deniedWithin} s.`);

    assert.equal(await agent.ended(), 2);
    assert.match(agent.said, /may read your calendar no longer: its access was ended on your account page/);
    await mia.page.waitForSelector("[role=status]");
    assert.match(await mia.reads(), /The device is signed out/);
    await mia.picture("account-after");
    assert.deepEqual(await mia.leaves(), []);
    await assert.rejects(loot(storeOf("mia")), "its login is forgotten");

    // The same token where no feed is followed: good until its end, and no longer.
    const refusals: string[] = [];
    let ahead = 0;
    const alone = createGuard({
      issuer: stage.issuer,
      resource: stage.calendar,
      clock: () => Math.floor(Date.now() / 1000) + ahead,
      onRefusal: ({ refusal }) => refusals.push(refusal),
    });
    const judged = async () =>
      await alone.guard(await withToken(stage.calendar, accessToken, { scheme: "DPoP", key, ahead }));
    assert.ok(!((await judged()) instanceof Response), "an API that hears nothing lets it in");
    ahead = tokenLifetime + 6; // and five seconds by which clocks may differ
    assert.ok((await judged()) instanceof Response);
    assert.deepEqual(refusals, ["token.expired"]);
  });
});
