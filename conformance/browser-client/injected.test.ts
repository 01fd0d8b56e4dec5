import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { bundle } from "../../packages/browser/src/testing/bundle.ts";
import { type Listening, listenFetch } from "../../packages/resource/src/testing/listen.ts";
import { Profile } from "./a-profile.ts";
import { type AStage, notes, signIn, waitFor } from "./a-stage.ts";
import { leaks } from "./leaks.ts";

/** What a thief's server was sent. */
async function aThief(): Promise<Listening & { readonly sent: string[] }> {
  const sent: string[] = [];
  const listening = await listenFetch(async (request) => {
    sent.push(`${request.url} ${JSON.stringify([...request.headers])} ${await request.text()}`);
    const { origin } = new URL(request.url);
    const endpoints = { authorization_endpoint: origin, token_endpoint: origin, revocation_endpoint: origin };
    const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };
    const methods = { code_challenge_methods_supported: ["S256"] };
    return Response.json({ issuer: origin, ...endpoints, ...methods }, { headers });
  });
  return { ...listening, sent };
}

describe("a script injected into the page", () => {
  const profile = new Profile();
  let script: string;
  let thief: Awaited<ReturnType<typeof aThief>>;
  before(async () => {
    script = await bundle("testing/injected.ts");
    thief = await aThief();
  });
  after(() => thief.close());

  /** A whole stay: sign-in, calls, refreshes, a second tab, a reload, a wider sign-in. Then all that the script got. */
  async function loot(stage: AStage): Promise<string> {
    const page = await stage.signedIn(profile);
    const other = await profile.page();
    await other.goto(stage.app.origin);
    await waitFor(other, "signed-in");
    for (const tab of [page, other]) {
      stage.api.state.refused.add(stage.calls.at(-1)?.body.access_token ?? "");
      assert.equal((await notes(tab)).status, 200);
    }
    await other.reload();
    await waitFor(other, "signed-in");
    assert.equal((await notes(other)).status, 200);
    const found = [await page.evaluate("sweep()"), await other.evaluate(`sweep("${thief.origin}")`)];
    assert.equal(new Set(stage.refreshTokens()).size, stage.calls.length, "each call gave one of its own");
    assert.ok(stage.refreshTokens().length >= 3);
    return [...found, ...thief.sent].join("\n");
  }

  const held = (stage: AStage, text: string) => stage.refreshTokens().filter((token) => text.includes(token));

  for (const { kind, hidden } of [
    { kind: "one worker for all tabs", hidden: "" },
    { kind: "a worker for each tab", hidden: "delete globalThis.SharedWorker;" },
  ]) {
    it(`[I5-WORKER] hears every access token and finds no refresh token: ${kind}`, () =>
      profile.staged({ before: `${hidden}{${script}}` }, async (stage) => {
        const text = await loot(stage);
        const access = stage.calls.flatMap(({ body }) => body.access_token ?? []);
        assert.ok(
          access.some((token) => text.includes(token)),
          "it did not listen at all",
        );
        assert.deepEqual(held(stage, text), []);
      }));
  }

  /** A script in another tab is there first and leads; somebody signs in, and after that it takes the lead again. */
  async function robbed(stage: AStage): Promise<string> {
    await stage.welcome(profile.context);
    const [thiefs, page] = [await profile.page(), await profile.page()];
    await thiefs.goto(stage.app.origin);
    await waitFor(thiefs, "signed-out");
    await thiefs.evaluate("lead()");
    await page.goto(stage.app.origin);
    await waitFor(page, "signed-out");
    await signIn(page);
    await thiefs.evaluate("lead()");
    await page.evaluate("client.fetch(options.resource + '/notes').catch(() => undefined)");
    return (await thiefs.evaluate("sweep()")) as string;
  }
  const apart = `delete globalThis.SharedWorker;`;

  it("[I5-WORKER] in another tab that leads before anybody is asked much, and gets neither code nor refresh token", () =>
    profile.staged({ before: `${apart}{${script}}` }, async (stage) => {
      const text = await robbed(stage);
      assert.match(text, /^asked: .*"duty":"session"/m, "it did not lead");
      assert.match(text, /^lost: http/m, "the sign-in took no lock");
      assert.doesNotMatch(text, /^asked: .*"duty":"(?:begin|finish)"/m);
      assert.doesNotMatch(text, /^robbed: /m);
      assert.deepEqual(held(stage, text), []);
      assert.equal(stage.refreshTokens().length, 1);
      for (const { form } of stage.calls) assert.ok(!text.includes(form.get("code") ?? "?"));
    }));

  it("would rob a sign-in that another tab's worker may begin and end", () => {
    const [from, to] = ["if (shared.test(question.duty))", "if (true)"];
    const workerBundle = { changes: [{ file: "worker/among-tabs.ts", from, to }] };
    return profile.staged({ before: `${apart}{${script}}`, workerBundle }, async (stage) => {
      assert.notDeepEqual(held(stage, await robbed(stage)), []);
    });
  });

  // Each leak is built in once, all of them in one worker: a hunt that finds nothing there would find nothing anywhere.
  describe("that meets a worker with leaks", () => {
    let found = "";
    let tokens: readonly string[];
    before(() => {
      const changes = leaks.flatMap(({ changes }) => changes);
      // What both sides know is changed on both.
      const pageBundle = { changes: changes.filter(({ file }) => file === "options.ts") };
      const options = { before: `{${script}}`, pageBundle, workerBundle: { changes } };
      return profile.staged(options, async (stage) => {
        found = await loot(stage);
        tokens = stage.refreshTokens();
      });
    });
    for (const { leak, place } of leaks) {
      it(`would find it ${leak}`, () => {
        const there = found.split("\n").filter((line) => place.test(line));
        assert.ok(there.some((line) => tokens.some((token) => line.includes(token))));
      });
    }
  });
});
