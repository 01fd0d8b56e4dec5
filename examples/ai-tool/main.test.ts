import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Browser, launchBrowser } from "../../packages/server/src/testing/browser.ts";
import { uploadDataSets } from "./nightly-job.ts";
import { type sizes, Visitor } from "./testing/visitor.ts";
import { startTool, type Tool } from "./tool.ts";

const data = mkdtempSync(join(tmpdir(), "lantern-test-"));
let tool: Tool;
let browser: Browser;

before(async () => {
  // Slow enough that a long answer can be stopped in its midst on a machine that has much else to do.
  [tool, browser] = await Promise.all([startTool({ port: 0, data, pauseMs: 150 }), launchBrowser()]);
});
after(async () => {
  await browser?.close();
  await tool?.close();
  rmSync(data, { recursive: true, force: true });
});

/** A call that brings a token and no client that would do something about a refusal. */
async function call(path: string, token: string, body?: object): Promise<Response> {
  return await fetch(tool.api + path, {
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
}

const examples = { title: "Lamps", text: "Does it dim? => Yes" };

// One after the other: the auditor reads what the others did. Half of them at a phone; pictures are taken at every size.
describe("Lantern", () => {
  async function visit(size: keyof typeof sizes, run: (visitor: Visitor) => Promise<void>): Promise<void> {
    const visitor = await Visitor.at(browser, size, tool.api);
    await run(visitor);
    await visitor.leaves();
  }

  it("[I5-STORY-ONE] lets a member ask, watch the answer come and stop it, and no more", () =>
    visit("desktop", async (anna) => {
      await anna.signIn(tool.url, "Anna");
      await anna.allow();
      assert.equal(anna.page.url(), `${tool.url}/`);
      await anna.picture("start");

      await anna.ask("What is PKCE?");
      await anna.page.waitForSelector(".answer[aria-busy=true] .words");
      await anna.press("Stop");
      await anna.page.waitForSelector("text=You stopped it here.");
      assert.doesNotMatch(await anna.reads(".answer .words"), /no script of the page/);
      await anna.ask("What is 12 * 34?");
      await anna.page.waitForSelector(".answer .words:has-text('12 * 34 is 408.')");

      await anna.page.click("label:has-text('Research agent')");
      await anna.ask("Write a haiku");
      await anna.page.waitForSelector(".doubts");
      assert.match(await anna.reads("li:last-child .answer"), /Research agent, for Anna Lind.*A lamp/s);
      await anna.picture("ask");

      await anna.goTo("Training");
      assert.match(
        await anna.reads(".refusal"),
        /You need a role to submit training data.*role trainer\. You are a member\. Ira Berg gives out roles/,
      );
      await anna.picture("role-missing");
      await anna.goTo("Activity");
      assert.match(await anna.reads(".refusal"), /role auditor\. You are a member\. Ira Berg/);
      await anna.goTo("My access");
      assert.match(await anna.reads(".permissions"), /inference:readYou may.*Needs the role trainer/);

      await anna.picture("access");
      const refused = await call("/v1/training-data", anna.token, examples);
      assert.equal(refused.status, 403);
      assert.match(refused.headers.get("www-authenticate") ?? "", /insufficient_scope.*"training:write"/);
    }));

  it("[I5-STORY-ONE] asks a trainer for the permission at its first use, keeps the words, and takes the data", () =>
    visit("phone", async (tom) => {
      await tom.signIn(tool.url, "Tom");
      await tom.allow();
      await tom.goTo("Training");
      await tom.page.fill("#title", examples.title);
      await tom.page.fill("#examples", examples.text);
      await tom.press("Submit");
      assert.match(await tom.reads(".refusal"), /Lantern needs your permission.*what you wrote stays/s);

      await tom.picture("permission-missing");
      await tom.press("Go and decide");
      await tom.allow({ without: ["training:write"] });
      await tom.press("Submit");
      assert.match(await tom.reads(".refusal"), /Lantern needs your permission/);
      await tom.press("Go and decide");
      await tom.allow();
      assert.equal(tom.page.url(), `${tool.url}/#training`);
      assert.equal(await tom.page.inputValue("#examples"), examples.text);
      await tom.press("Submit");
      assert.match(await tom.reads("p.good"), /“Lamps” was taken: 1 example\./);
      await tom.picture("training");
    }));

  it("[I5-STORY-ONE] shows an auditor who did what, for whom and as what, and lets them ask nothing", () =>
    visit("desktop", async (vera) => {
      const { issuer, api, identity } = tool;
      await uploadDataSets({ issuer, api, client: identity.credentials.job });
      await vera.signIn(tool.url, "Vera");
      await vera.allow();
      const log = await vera.reads(".deeds tbody");
      assert.match(log, /Nightly jobuploaded a data set.*3 lines/);
      assert.match(log, /Tom Reyessubmitted training dataneeds training:writeRefused/);
      assert.match(log, /Tom Reyessubmitted training dataLamps, 1 lineDone/);
      assert.match(log, /Research agent for Anna Lindasked a model/);
      assert.match(log, /Anna Lindasked a model.*Broken off/);
      assert.doesNotMatch(log, /haiku/);
      await vera.picture("activity");
      await vera.page.click("label:has-text('Agents')");
      assert.doesNotMatch(await vera.reads(".deeds tbody"), /Tom Reyes/);
      await vera.requireFits();
      await vera.goTo("Ask");
      assert.match(await vera.reads(".refusal"), /role member or trainer\. You are an auditor\. Ira Berg/);
    }));

  it("[I5-STORY-ONE] does not let in who has no role, and says who could help", () =>
    visit("phone", async (nils) => {
      await nils.signIn(tool.url, "Nils");
      assert.match(await nils.reads(".refusal"), /You are not let in yet.*no role here yet\. Ira Berg gives/);
      await nils.requireFits();
      await nils.picture("not-let-in");
    }));
});

describe("Lantern, further", { concurrency: true }, () => {
  it("signs out in every tab, and the token of before is refused", async () => {
    const anna = await Visitor.at(browser, "desktop", tool.api);
    await anna.signIn(tool.url, "Anna");
    await anna.allow();
    const { token } = anna;
    const other = await anna.page.context().newPage();
    await other.goto(tool.url);
    await other.waitForSelector(".frame");
    assert.equal((await call("/v1/me", token)).status, 200);

    await anna.press("Sign out");
    await anna.page.waitForSelector(".people");
    await other.waitForSelector(".people");
    for (let tries = 0; (await call("/v1/me", token)).status === 200; tries++) {
      assert.ok(tries < 100, "the API hears of the sign-out");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await anna.leaves();
  });

  it("takes a member's training data as soon as somebody gave them the role", async () => {
    const { accounts } = tool.identity.store;
    const account = await accounts.findByEmail("anna@example.com");
    assert.ok(account);
    const anna = await Visitor.at(browser, "phone", tool.api);
    await anna.signIn(tool.url, "Anna");
    await anna.allow();
    await anna.goTo("Training");
    await accounts.setRoles(account.id, ["trainer"]);
    await anna.press("I have the role now");
    await anna.allow();
    await anna.page.fill("#title", examples.title);
    await anna.page.fill("#examples", examples.text);
    await anna.press("Submit");
    assert.match(await anna.reads("p.good"), /“Lamps” was taken/);
    await anna.leaves();
  });

  it("says what is missing when a person leaves the page no permission, or says no", async () => {
    const tom = await Visitor.at(browser, "phone", tool.api);
    await tom.signIn(tool.url, "Tom");
    await tom.page.uncheck('input[value="inference:read"]');
    await tom.page.click("button[name=decision][value=allow]");
    assert.match(await tom.reads(".refusal"), /at least one of the permissions/);
    await tom.signIn(tool.url, "Tom");
    await tom.page.click("button[name=decision][value=deny]");
    assert.match(await tom.reads(".refusal"), /You are not let in yet.*either you said no/);
    await tom.leaves();
  });
});
