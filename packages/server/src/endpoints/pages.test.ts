import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { aDeviceClient, atApproval, atDevicePage, aWaitingDevice, decide } from "../testing/a-device.ts";
import { authorizationUrl, login, pkce } from "../testing/a-login.ts";
import { type AServer, aServer, callback, password } from "../testing/a-server.ts";
import { AnAccountPage } from "../testing/an-account-page.ts";
import { aPasskey } from "../testing/an-account-world.ts";
import { spec } from "../testing/spec.ts";
import { hashSecret } from "../tokens/secret.ts";
import { ownPages } from "./own-destination.ts";

const email = "ada@example.com";

/** Every kind of page that a person may come to see. */
const pages: Readonly<Record<string, (server: AServer) => Promise<Visit>>> = {
  "sign-in": async (server) => new ABrowser(server).open(await urlOf(server)),
  "sign-in, refused": async (server) => {
    const browser = new ABrowser(server);
    return browser.submit(await browser.open(await urlOf(server)), { email, password: "wrong" });
  },
  consent: async (server) => {
    const browser = new ABrowser(server);
    return browser.submit(await browser.open(await urlOf(server)), { email, password });
  },
  "an error of a client that is not trusted": async (server) =>
    new ABrowser(server).open(await urlOf(server, { scope: "bogus" })),
  "an unknown client": (server) => new ABrowser(server).open(authorizationUrl(server, { id: "x" })),
  "a bad redirect": async (server) =>
    new ABrowser(server).open(await urlOf(server, { redirect_uri: "https://evil.com/" })),
  "a page that is over": (server) => new ABrowser(server).open("/consent?interaction=x"),
  "a form from another site": (server) =>
    new ABrowser(server).open("/sign-in", { method: "POST", body: new URLSearchParams("interaction=x") }),
  "nothing there": (server) => new ABrowser(server).open("/nothing"),
  "set-up": async (server) => {
    const now = server.clock.now();
    await server.store.setUpLinks.put({ hash: hashSecret("a-link"), createdAt: now, expiresAt: now + 60 });
    return new ABrowser(server).open("/set-up?link=a-link");
  },
  "a spent set-up link": (server) => new ABrowser(server).open("/set-up?link=x"),
  "sign out?": async (server) => (await login(server, await server.client())).browser.open("/end-session"),
  "signed out": (server) => new ABrowser(server).open("/end-session"),
  "sign in for a device": (server) => new ABrowser(server).open("/device"),
  "a device's code": async (server) => (await atDevicePage(server)).visit,
  "a wrong code": async (server) => (await atApproval(server, "BCDF-GHJK")).visit,
  "a code to compare": async (server) =>
    (await atDevicePage(server, `/device?user_code=${await userCodeOf(server)}`)).visit,
  "a device's approval": async (server) => (await atApproval(server, await userCodeOf(server))).visit,
  "a device connected": async (server) => decide(server, await userCodeOf(server), "allow"),
  "a device refused": async (server) => decide(server, await userCodeOf(server), "deny"),
  ...Object.fromEntries(
    ownPages.map((page) => [
      page,
      async (server: AServer) => {
        const visit = await (await signedIn(server)).browser.open(`/${page}`);
        assert.deepEqual([visit.status, new URL(visit.url).pathname], [200, `/${page}`]);
        return visit;
      },
    ]),
  ),
  "an account page, refused": async (server) => (await signedIn(server)).send("data", { name: "" }),
  "recovery codes": async (server) => {
    const { id } = (await server.store.accounts.findByEmail(email)) ?? assert.fail();
    await server.store.passkeys.add(aPasskey(id, "pk-ada"));
    const visit = await (await signedIn(server)).send("security", { action: "new-codes" });
    assert.match(visit.body, /Keep your recovery codes/);
    return visit;
  },
  "a spent link of a mail": (server) => new ABrowser(server).open("/verify-email?link=x"),
  home: (server) => new ABrowser(server).open("/"),
};

/** One person, signed in once for all pages of their account. */
function signedIn(server: AServer): Promise<AnAccountPage> {
  page ??= AnAccountPage.open(server);
  return page;
}

let page: Promise<AnAccountPage> | undefined;

async function userCodeOf(server: AServer): Promise<string> {
  return (await aWaitingDevice(server, await aDeviceClient(server))).user_code;
}

async function urlOf(server: AServer, asked: Readonly<Record<string, string>> = {}): Promise<string> {
  return authorizationUrl(server, await server.client(), { code_challenge: pkce().challenge, ...asked });
}

describe("the page", () => {
  let server: AServer;
  before(async () => {
    server = await aServer();
    await server.person();
  });
  after(() => server.close());

  for (const [name, open] of Object.entries(pages)) {
    spec(
      ["O21-AS-38", "BCP-11", "BCP-17"],
      `"${name}" cannot be framed, tells no referrer, loads nothing from elsewhere`,
      async () => {
        const { headers, body } = await open(server);
        assert.match(headers.get("content-type") ?? "", /^text\/html/);
        assert.match(
          headers.get("content-security-policy") ?? "",
          /default-src 'none';.*frame-ancestors 'none'/,
        );
        assert.equal(headers.get("x-frame-options"), "DENY");
        assert.equal(headers.get("referrer-policy"), "no-referrer");
        assert.equal(headers.get("cache-control"), "no-store");
        assert.equal(headers.get("x-content-type-options"), "nosniff");
        // One script, on pages that use passkeys or take a new password: the one that the page's policy names.
        const [, script] =
          /<script src="(\/pass(?:keys|words)\.js)\?v=[\w-]{16}" defer><\/script>/.exec(body) ?? [];
        const source = / script-src ([^;]*);/.exec(headers.get("content-security-policy") ?? "")?.[1];
        assert.equal(source, script && `${server.issuer}${script}`);
        const others = body.replace(/<script src="\/pass(?:keys|words)\.js[^>]*><\/script>/, "");
        assert.doesNotMatch(others, /<script|<iframe|<object|<base|http-equiv|\son[a-z]+=|\sstyle=/i);
        const loaded = [...body.matchAll(/<(?:link|img|source)[^>]* (?:href|src)="([^"]*)"/g)].map(
          ([, url]) => url ?? "",
        );
        for (const url of loaded) assert.match(url, /^data:image|^\/style\.css\?v=[\w-]{16}$/);
      },
    );
  }
});

describe("the answer to a person's decision", () => {
  for (const redirectUri of [
    callback,
    "http://localhost:3118/cb",
    "http://[::1]:3118/cb",
    "cursor://anysphere.cursor-mcp/oauth/callback",
  ]) {
    it(`may be followed from the form to ${redirectUri}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      await server.person();
      const client = await server.client({ redirectUris: [redirectUri] });
      const browser = new ABrowser(server);
      const asked = { code_challenge: pkce().challenge, redirect_uri: redirectUri };
      const signIn = await browser.open(authorizationUrl(server, client, asked));
      const consent = await browser.submit(signIn, { email, password });
      for (const page of [signIn, consent]) {
        assert.doesNotMatch(page.headers.get("content-security-policy") ?? "", /form-action/);
      }
      const end = await browser.submit(consent, { decision: "allow" });
      assert.ok(end.url.startsWith(`${redirectUri}?code=`), end.url);
    });
  }
});
