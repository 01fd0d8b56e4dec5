import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { freePort, onStage, say } from "../stage.ts";
import { visitByForms, visitWithChromium } from "./visitors.ts";
import { withAuthJs } from "./with-authjs.ts";
import { withOidcClientTs } from "./with-oidc-client-ts.ts";
import { withOpenidClient } from "./with-openid-client.ts";
import { withPassport } from "./with-passport.ts";

const secret = ["--confidential", "--grant", "authorization_code"];
const cases = [
  {
    name: "Auth.js",
    app: withAuthJs,
    kind: secret,
    callback: "/auth/callback/valetkey",
    visit: visitByForms("/auth/signin"),
    refusal: /^500 .*\/auth\/error\?error=Configuration$/,
  },
  {
    name: "passport-oauth2",
    app: withPassport,
    kind: secret,
    callback: "/callback",
    visit: visitByForms("/login"),
    refusal: /^40[03] .*\/callback/,
  },
  {
    name: "openid-client",
    app: withOpenidClient,
    kind: secret,
    callback: "/callback",
    visit: visitByForms("/login"),
    refusal: /^400 .*\/callback/,
  },
  {
    name: "oidc-client-ts",
    app: withOidcClientTs,
    kind: ["--public"],
    callback: "/callback",
    visit: visitWithChromium,
    refusal: /^Error: (No matching state|Another issuer)/,
  },
] as const;

// `main.ts [NAME]`: without a word, all four.
const [only] = process.argv.slice(2);

await onStage(async (stage) => {
  const { issuer, apiUrl: api, valetkey } = stage;
  for (const { name, app, kind, callback, visit, refusal } of cases) {
    if ((only ?? name) !== name) continue;
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const options = ["--name", name, ...kind, "--redirect-uri", `${origin}${callback}`];
    const made = await valetkey("client", "add", ...options);
    const [clientId, clientSecret] = [String(made.client_id), String(made.client_secret ?? "")];
    const close = await listen(await app({ origin, issuer, api, clientId, clientSecret }), port);
    try {
      const { me, asked, refused } = await visit(stage, origin);
      assert.deepEqual(me, { name: "Ada", email: "ada@example.com", models: ["echo"] });
      assert.equal(asked.get("response_type"), "code");
      assert.equal(asked.get("code_challenge_method"), "S256");
      assert.equal(asked.get("resource"), api);
      assert.ok(asked.get("state"));
      assert.equal(refused.length, 2);
      for (const answer of refused) assert.match(answer, refusal);
      say(
        `${name}: Ada is signed in, known by name and email, and the API answers; PKCE, state and iss are checked.`,
      );
    } finally {
      await close();
    }
  }
});
console.log("All as it should be.");

async function listen(listener: RequestListener, port: number): Promise<() => Promise<void>> {
  const server = createServer(listener).listen(port, "127.0.0.1");
  await once(server, "listening");
  return async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
}
