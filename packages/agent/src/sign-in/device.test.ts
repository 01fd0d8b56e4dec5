import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { createAgent } from "../agent.ts";
import { type AgentOptions, memoryStore, type SignInOptions } from "../index.ts";
import { follows } from "../testing/a-person.ts";
import { AnIssuer, json } from "../testing/an-issuer.ts";

const start = 1_800_000_000;

describe("signing in with a code on another device", () => {
  let issuer: AnIssuer;
  let now = start;
  before(async () => {
    issuer = await AnIssuer.open();
  });
  after(() => issuer.close());
  beforeEach(() => {
    now = start;
    waited.length = 0;
    issuer.instead.clear();
    issuer.metadata = {};
    issuer.forms.length = 0;
  });
  const waited: number[] = [];
  /** Time passes at once. */
  const pause = async (seconds: number, signal: AbortSignal | undefined) => {
    signal?.throwIfAborted();
    waited.push(seconds);
    now += seconds;
  };
  const anAgent = (options: Partial<AgentOptions> = {}) =>
    createAgent({ resource: issuer.resource, store: memoryStore(), now: () => now, pause, ...options });

  it("shows the code and the page, waits, and has the tokens when it is allowed", async () => {
    const shown: unknown[] = [];
    const agent = anAgent({ dpop: true });
    const login = await agent.signIn({ showDeviceCode: (code) => void shown.push(code) });
    assert.deepEqual(shown, [
      {
        userCode: "WDJB-MJHT",
        verificationUri: `${issuer.origin}/activate`,
        verificationUriComplete: `${issuer.origin}/activate?user_code=WDJB-MJHT`,
        expiresAt: start + 600,
      },
    ]);
    assert.deepEqual([login.scopes, login.isDpopBound], [["notes:read"], true]);
    assert.equal(issuer.forms.length, 2);
    assert.deepEqual(waited, [1, 1]);
    assert.equal((await agent.fetch(issuer.resource)).status, 200);
  });

  for (const { given, interval, words, waits } of [
    { given: "every five seconds where the issuer does not say", words: [], waits: [5] },
    { given: "a minute apart at most, whatever the issuer says", interval: 86_400, words: [], waits: [60] },
    { given: "at once never, whatever the issuer says", interval: 0, words: [], waits: [5] },
    {
      given: "less often when it is told to slow down, from then on",
      interval: 1,
      words: ["slow_down", "authorization_pending", "slow_down"],
      waits: [1, 6, 6, 11],
    },
    {
      given: "less and less often an issuer that is away, but each minute",
      interval: 5,
      words: Array.from({ length: 6 }, () => "away"),
      waits: [5, 10, 20, 40, 60, 60, 60],
    },
  ]) {
    it(`asks ${given}`, async () => {
      const answers = [...words];
      issuer.instead.set("/token", (_, response) => {
        if (answers[0] === "away") json(response, 503, {});
        else if (answers[0] !== undefined) json(response, 400, { error: answers[0] });
        return answers.shift() !== undefined;
      });
      issuer.instead.set("/device", (_, response) => {
        issuer.devices.set("d", { answers: [], scopes: [] });
        const more = { verification_uri: `${issuer.origin}/activate`, expires_in: 600, interval };
        json(response, 200, { device_code: "d", user_code: "A", ...more });
        return true;
      });
      await anAgent().signIn({ showDeviceCode: () => undefined });
      assert.deepEqual(waited, waits);
    });
  }

  for (const { given, word, code } of [
    { given: "the person declines", word: "access_denied", code: "sign-in-refused" },
    { given: "the code expires there", word: "expired_token", code: "sign-in-abandoned" },
    { given: "the issuer refuses", word: "invalid_grant", code: "request-refused" },
  ]) {
    it(`ends when ${given}`, async () => {
      issuer.instead.set("/token", (_, response) => {
        json(response, 400, { error: word });
        return true;
      });
      await assert.rejects(anAgent().signIn({ showDeviceCode: () => undefined }), { code });
    });
  }

  it("ends when the code expires here, and when it is broken off", async () => {
    const late = anAgent().signIn({
      showDeviceCode() {
        now += 600;
      },
    });
    await assert.rejects(late, { code: "sign-in-abandoned", message: /has expired/ });
    const stop = new AbortController();
    const how = { showDeviceCode: () => stop.abort(), signal: stop.signal };
    const broken = createAgent({ resource: issuer.resource, store: memoryStore() }).signIn(how);
    await assert.rejects(broken, { code: "sign-in-abandoned", message: /broken off/ });
  });

  it("registers anew where the issuer no longer knows the client", async () => {
    const agent = anAgent();
    const { clientId } = await agent.signIn({ showDeviceCode: () => undefined });
    issuer.instead.set("/device", (_, response) => {
      json(response, 401, { error: "invalid_client" });
      return true;
    });
    await assert.rejects(agent.signIn({ showDeviceCode: () => undefined }), { code: "client-refused" });
    issuer.instead.clear();
    assert.notEqual((await agent.signIn({ showDeviceCode: () => undefined })).clientId, clientId);
  });

  it("is one way of two: the code where it is preferred and given, else the browser", async () => {
    const both = (prefersDevice: boolean) => {
      const ways: string[] = [];
      const how: SignInOptions = {
        async showAddress(address) {
          ways.push("browser");
          await follows(address);
        },
        showDeviceCode: () => void ways.push("device"),
        prefersDevice,
      };
      return { ways, how };
    };
    for (const { prefers, gives, way } of [
      { prefers: true, gives: true, way: "device" },
      { prefers: true, gives: false, way: "browser" },
      { prefers: false, gives: true, way: "browser" },
    ]) {
      issuer.metadata = gives ? {} : { device_authorization_endpoint: undefined };
      const { ways, how } = both(prefers);
      await anAgent().signIn(how);
      assert.deepEqual(ways, [way]);
    }
    issuer.metadata = { device_authorization_endpoint: undefined };
    await assert.rejects(anAgent().signIn({ showDeviceCode: () => undefined }), {
      code: "device-unsupported",
    });
    await assert.rejects(anAgent().signIn({}), { code: "browser-missing" });
  });

  for (const { given, change } of [
    { given: "a page that is a script", change: { verification_uri: "javascript:alert(1)" } },
    { given: "a page without TLS elsewhere", change: { verification_uri: "http://evil.example/" } },
    { given: "a code that would move the cursor", change: { user_code: "A\u001b[2J" } },
    { given: "no code", change: { device_code: undefined } },
    { given: "a QR code that leads to a file", change: { verification_uri_complete: "file:///etc/passwd" } },
  ]) {
    it(`shows nothing of ${given}`, async () => {
      issuer.instead.set("/device", (_, response) => {
        const usual = {
          device_code: "d",
          user_code: "A",
          verification_uri: `${issuer.origin}/a`,
          expires_in: 600,
        };
        json(response, 200, { ...usual, ...change });
        return true;
      });
      const shows: SignInOptions = { showDeviceCode: () => assert.fail("it was shown") };
      await assert.rejects(anAgent().signIn(shows), (thrown: Error & { code?: string }) =>
        ["address-unsafe", "answer-malformed"].includes(thrown.code ?? ""),
      );
    });
  }

  it("says nothing of the device code to anybody but the token endpoint", async () => {
    const shown: string[] = [];
    await anAgent().signIn({ showDeviceCode: (code) => void shown.push(JSON.stringify(code)) });
    const code = issuer.forms[0]?.get("device_code");
    assert.ok(code && !shown.join().includes(code));
  });
});
