import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ABrowser, formOf } from "../testing/a-browser.ts";
import { authorizationUrl, login, pkce } from "../testing/a-login.ts";
import { type AServer, aServer, callback, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const injected = "x\r\nSet-Cookie: evil=1\r\n\r\n<script>alert(1)</script>";
const parameters = [
  "response_type",
  "client_id",
  "redirect_uri",
  "code_challenge",
  "code_challenge_method",
  "state",
  "scope",
  "resource",
  "nonce",
  "prompt",
  "max_age",
  "login_hint",
  "id_token_hint",
  "ui_locales",
  "acr_values",
  "response_mode",
  "request",
  "x-unknown",
];

function assertHarmless(response: Response, body: string): void {
  assert.equal(
    [...response.headers.values()].some((value) => value.includes("<script")),
    false,
  );
  assert.equal(
    response.headers.getSetCookie().some((line) => line.startsWith("evil")),
    false,
  );
  assert.doesNotMatch(response.headers.get("location") ?? "", /[\r\n]/);
  assert.doesNotMatch(body, /<script/);
  assert.notEqual(response.status, 500);
}

describe("hostile input", () => {
  let server: AServer;
  let browser: ABrowser;
  let clientId: string;
  before(async () => {
    server = await aServer();
    const client = await server.client();
    clientId = client.id;
    ({ browser } = await login(server, client));
  });
  after(() => server.close());

  function cookie(): string {
    return [...browser.cookies].map((pair) => pair.join("=")).join("; ");
  }

  for (const name of parameters) {
    spec(["I2-HEADERS", "O21-AS-39"], `in ${name} breaks out of no header and no page`, async () => {
      const asked = { client_id: clientId, code_challenge: pkce().challenge, [name]: injected };
      for (const signedIn of [true, false]) {
        const headers = { accept: "text/html", ...(signedIn ? { cookie: cookie() } : {}) };
        const response = await server.fetchHere(authorizationUrl(server, { id: clientId }, asked), {
          headers,
        });
        assertHarmless(response, await response.text());
      }
    });
  }

  for (const [path, names] of [
    ["/sign-in", ["interaction", "email", "password", "form_token"]],
    ["/consent", ["interaction", "decision", "scope", "form_token"]],
    ["/set-up", ["link", "email", "name", "password", "form_token"]],
    ["/end-session", ["client_id", "id_token_hint", "post_logout_redirect_uri", "state", "form_token"]],
    ["/device", ["user_code", "same", "form_token"]],
    ["/device/decision", ["user_code", "decision", "scope", "form_token"]],
    ["/account", ["end", "ended", "form_token"]],
    ["/account/sign-in", ["to", "user_code"]],
    ["/authorize", ["client_id", "redirect_uri", "state"]],
  ] as const) {
    spec(
      ["I2-HEADERS", "O21-AS-39"],
      `in a form to ${path} breaks out of no header and no page`,
      async () => {
        for (const name of names) {
          for (const init of [
            { method: "POST", body: new URLSearchParams({ [name]: injected }) },
            {
              method: "POST",
              body: new URLSearchParams({ client_id: clientId, redirect_uri: callback, [name]: injected }),
            },
            { query: `?${new URLSearchParams({ [name]: injected })}` },
          ]) {
            const { query = "", ...rest } = init as RequestInit & { query?: string };
            const headers = { accept: "text/html", cookie: cookie() };
            const response = await server.fetchHere(`${server.issuer}${path}${query}`, { ...rest, headers });
            assertHarmless(response, await response.text());
          }
        }
      },
    );
  }

  for (const name of [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "__proto__[admin]",
  ]) {
    spec("I2-POLLUTION", `named ${name} is an unknown parameter like every other`, async () => {
      const asked = { code_challenge: pkce().challenge, [name]: "polluted" };
      const visit = await browser.open(authorizationUrl(server, { id: clientId }, { ...asked }));
      assert.ok(new URL(visit.url).searchParams.get("code"));

      const person = new ABrowser(server);
      const other = await server.client();
      const page = await person.open(authorizationUrl(server, other, { ...asked }));
      const consent = await person.submit(page, { email: "ada@example.com", password, [name]: "polluted" });
      const end = await person.submit(consent, { decision: "allow", [name]: "polluted" });
      assert.ok(new URL(end.url).searchParams.get("code"));
      assert.equal(Reflect.get({}, "admin") ?? Reflect.get({}, "polluted"), undefined);
      assert.equal(String({}), "[object Object]");
    });
  }

  for (const value of ["__proto__", "constructor", "toString"]) {
    spec("I2-POLLUTION", `of the value ${value} finds nothing`, async () => {
      for (const name of ["client_id", "scope", "resource", "prompt", "response_type", "redirect_uri"]) {
        const asked = { code_challenge: pkce().challenge, client_id: clientId, [name]: value };
        const visit = await browser.open(authorizationUrl(server, { id: clientId }, asked));
        const error = new URL(visit.url).searchParams.get("error");
        assert.ok(visit.status === 400 || error !== null, `${name} ${visit.url}`);
      }
    });
  }

  it("of any length leaves a short line in the trace", async () => {
    await server.fetchHere(authorizationUrl(server, { id: "c".repeat(8_000) }));
    const { clientId: named, says } = server.audit.steps.at(-1) ?? {};
    assert.ok((named?.length ?? 0) <= 300 && (says?.length ?? 0) <= 400);
  });

  it("that is no UTF-8 is refused, not guessed at", async () => {
    const url = authorizationUrl(
      server,
      { id: clientId },
      { code_challenge: pkce().challenge, state: undefined },
    );
    const visit = await browser.open(`${url}&state=%FF%FE`);
    assert.deepEqual(
      [new URL(visit.url).searchParams.get("error"), server.audit.lastRefusal],
      ["invalid_request", "parameter.malformed"],
    );
  });

  it("in a form that comes twice is refused", async () => {
    const page = await new ABrowser(server).open(
      authorizationUrl(server, await server.client(), { code_challenge: pkce().challenge }),
    );
    const { fields } = formOf(page);
    const interaction = fields.get("interaction")?.[0] ?? "";
    const body = new URLSearchParams([
      ["interaction", interaction],
      ["email", "ada@example.com"],
      ["email", "bob@example.com"],
    ]);
    const response = await server.fetchHere(`${server.issuer}/sign-in`, { method: "POST", body });
    assert.deepEqual([response.status, server.audit.lastRefusal], [400, "parameter.repeated"]);
  });
});
