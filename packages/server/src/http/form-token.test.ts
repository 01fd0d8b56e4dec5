import assert from "node:assert/strict";
import { describe } from "node:test";
import { ABrowser, formOf, type Visit } from "../testing/a-browser.ts";
import { authorizationUrl, login, pkce } from "../testing/a-login.ts";
import { type AServer, aServer, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { hashSecret } from "../tokens/secret.ts";

interface Form {
  readonly path: string;
  /** What the form must not do without its token, as a count. */
  readonly effect: () => Promise<number>;
  readonly fields: Readonly<Record<string, string>>;
  readonly page: Visit;
  readonly browser: ABrowser;
}

/** Every form of the server, in a browser that may send it. */
const forms: readonly (readonly [string, (server: AServer) => Promise<Form>])[] = [
  [
    "sign-in",
    async (server) => {
      await server.person();
      const browser = new ABrowser(server);
      const url = authorizationUrl(server, await server.client(), { code_challenge: pkce().challenge });
      return {
        path: "/sign-in",
        browser,
        page: await browser.open(url),
        fields: { email: "ada@example.com", password },
        effect: async () => server.audit.events.filter(({ what }) => what === "sign-in.done").length,
      };
    },
  ],
  [
    "consent",
    async (server) => {
      const client = await server.client();
      const { browser } = await login(server, await server.client());
      const page = await browser.open(authorizationUrl(server, client, { code_challenge: pkce().challenge }));
      const account = await server.store.accounts.findByEmail("ada@example.com");
      return {
        path: "/consent",
        browser,
        page,
        fields: { decision: "allow" },
        effect: async () => ((await server.store.grants.findFor(account?.id ?? "", client.id)) ? 1 : 0),
      };
    },
  ],
  [
    "sign-out",
    async (server) => {
      const { browser } = await login(server, await server.client());
      return {
        path: "/end-session",
        browser,
        page: await browser.open("/end-session"),
        fields: { decision: "sign_out" },
        effect: async () => server.audit.events.filter(({ what }) => what === "sign-out.done").length,
      };
    },
  ],
  [
    "set-up",
    async (server) => {
      const now = server.clock.now();
      await server.store.setUpLinks.put({ hash: hashSecret("a-link"), createdAt: now, expiresAt: now + 60 });
      const browser = new ABrowser(server);
      return {
        path: "/set-up",
        browser,
        page: await browser.open("/set-up?link=a-link"),
        fields: { email: "root@example.com", name: "Root", password },
        effect: async () => (await server.store.accounts.list()).length,
      };
    },
  ],
];

interface Attack {
  readonly by: string;
  readonly form?: (server: AServer) => Promise<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends another browser's cookies, or none. */
  readonly cookies?: "other" | "none";
  readonly refusals: readonly string[];
}

const attacks: readonly Attack[] = [
  { by: "no token", form: async () => ({ form_token: "" }), refusals: ["request.form-token"] },
  {
    by: "a made-up token",
    form: async () => ({ form_token: "A".repeat(43) }),
    refusals: ["request.form-token"],
  },
  {
    by: "the token of the same form in another browser",
    form: strangersToken,
    refusals: ["request.form-token"],
  },
  { by: "a foreign Origin", headers: { origin: "https://evil.com" }, refusals: ["request.cross-site"] },
  {
    by: "the Origin of a sibling host",
    headers: { origin: "https://evil.example.com" },
    refusals: ["request.cross-site"],
  },
  {
    by: "the Origin on http",
    headers: { origin: "http://auth.example.com" },
    refusals: ["request.cross-site"],
  },
  {
    by: "Sec-Fetch-Site cross-site",
    headers: { "sec-fetch-site": "cross-site" },
    refusals: ["request.cross-site"],
  },
  {
    by: "Sec-Fetch-Site same-site",
    headers: { "sec-fetch-site": "same-site" },
    refusals: ["request.cross-site"],
  },
  {
    by: "text/plain, as a form of another site may be",
    headers: { "content-type": "text/plain" },
    refusals: ["request.content-type"],
  },
  {
    by: "multipart",
    headers: { "content-type": "multipart/form-data; boundary=x" },
    refusals: ["request.content-type"],
  },
  {
    by: "another browser's cookie",
    cookies: "other",
    refusals: ["request.form-token", "interaction.unknown"],
  },
  { by: "no cookie", cookies: "none", refusals: ["request.form-token", "interaction.unknown"] },
];

/** The token that a sign-out page gives to somebody else. */
async function strangersToken(server: AServer): Promise<Record<string, string>> {
  const { browser } = await login(server, await server.client(), {}, "eve@example.com");
  return { form_token: formOf(await browser.open("/end-session")).fields.get("form_token")?.[0] ?? "" };
}

describe("a form of the server", () => {
  for (const [name, open] of forms) {
    for (const { by, form, headers, cookies, refusals } of attacks) {
      // Without a token it is no answer to the page but a new request, which is asked about: end-session.test.ts.
      if (name === "sign-out" && by === "no token") continue;
      spec("I2-CSRF", `${name}: does nothing with ${by}`, async (t) => {
        const server = await aServer();
        t.after(() => server.close());
        const spoilt = form ? await form(server) : {};
        const { path, page, browser, fields, effect } = await open(server);
        const stranger = new ABrowser(server);
        await stranger.open(
          authorizationUrl(server, await server.client(), { code_challenge: pkce().challenge }),
        );
        const session = browser.cookies.get("__Host-valetkey-session");
        // The session stays: what is tried is whether it alone is enough.
        if (session && cookies) stranger.cookies.set("__Host-valetkey-session", session);
        if (cookies === "none") stranger.cookies.delete("__Host-valetkey-browser");
        const jar = cookies ? stranger.cookies : browser.cookies;
        const preset = [...formOf(page).fields].map(([key, [value = ""]]) => [key, value] as const);
        const before = await effect();
        const response = await server.fetchHere(`${server.issuer}${path}`, {
          method: "POST",
          body: new URLSearchParams({ ...Object.fromEntries(preset), ...fields, ...spoilt }).toString(),
          headers: {
            "content-type": "application/x-www-form-urlencoded",
            cookie: [...jar].map((pair) => pair.join("=")).join("; "),
            ...headers,
          },
        });
        assert.deepEqual([await effect(), response.status], [before, 400]);
        assert.ok(refusals.includes(server.audit.lastRefusal ?? ""), server.audit.lastRefusal);
      });
    }

    spec("I2-CSRF", `${name}: works as its page sends it`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const { page, browser, fields, effect } = await open(server);
      const before = await effect();
      await browser.submit(page, fields);
      assert.equal(await effect(), before + 1);
    });
  }
});
