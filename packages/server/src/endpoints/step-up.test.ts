import assert from "node:assert/strict";
import { describe } from "node:test";
import { bearerChallenge, readBearerChallenge } from "@valetkey/protocol/challenge";
import { readStepUp } from "@valetkey/protocol/step-up";
import { authorizationUrl, login, pkce, redeem, refresh } from "../testing/a-login.ts";
import { aLookout, claimsOf, introspect } from "../testing/a-program.ts";
import { aServer, issuer, mcp, password, usualSettings } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const ada = { email: "ada@example.com", password };

describe("step-up authentication", () => {
  spec(
    "SU-01",
    "puts time and strength of the sign-in into tokens and introspection, and refreshing keeps them",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const lookout = await aLookout(server, mcp);
      const { body } = await redeem(
        server,
        client,
        await login(server, client, { scope: "openid tools:use" }),
      );
      const since = server.clock.now();
      server.clock.advance(500);
      const later = (await refresh(server, client, body.refresh_token)).body;
      for (const token of [body.access_token, later.access_token, body.id_token, later.id_token]) {
        assert.deepEqual([claimsOf(token).auth_time, claimsOf(token).acr], [since, "aal1"]);
      }
      const seen = (await introspect(server, lookout, later.access_token)).body;
      assert.deepEqual([seen.auth_time, seen.acr], [since, "aal1"]);
      await server.close();
    },
  );

  spec(
    "SU-01",
    "asks for a password again where the resource's max_age wants it, and the new token says so",
    async () => {
      const server = await aServer();
      const client = await server.client({ authMethods: ["client_secret_post"] });
      const { browser } = await login(server, client, { scope: "tools:use" });
      server.clock.advance(120);
      const header = bearerChallenge({
        error: "insufficient_user_authentication",
        acrValues: ["aal1"],
        maxAge: 60,
      });
      const challenge = readBearerChallenge(header);
      const step = challenge && readStepUp(challenge);
      assert.ok(step?.kind === "authentication");
      const { verifier, challenge: code_challenge } = pkce();
      const asked = { acr_values: step.acrValues.join(" "), max_age: String(step.maxAge) };
      const again = { code_challenge, scope: "tools:use", ...asked };
      const page = await browser.open(authorizationUrl(server, client, again));
      assert.match(page.url, /\/sign-in\?/);
      const answer = await browser.approve(authorizationUrl(server, client, again), ada);
      const form = { grant_type: "authorization_code", client_id: client.id, client_secret: client.secret };
      const body = new URLSearchParams({
        ...form,
        code: answer.searchParams.get("code") ?? "",
        code_verifier: verifier,
      });
      const response = await server.fetchHere(`${server.issuer}/token`, { method: "POST", body });
      const { access_token } = (await response.json()) as { access_token: string };
      assert.equal(claimsOf(access_token).auth_time, server.clock.now());
      await server.close();
    },
  );

  spec("SU-01", "says so where no sign-in can be as strong as it is asked to be", async () => {
    const { signIn } = usualSettings(issuer);
    const settings = { signIn: { ...signIn, passkeys: false, oneTimePasswords: false } };
    const server = await aServer({ settings });
    const client = await server.client({ authMethods: ["client_secret_post"] });
    const { browser } = await login(server, client);
    for (const prompt of [undefined, "none"]) {
      const asked = { code_challenge: pkce().challenge, acr_values: "aal2 urn:example:gold", prompt };
      const { url } = await browser.open(authorizationUrl(server, client, asked));
      assert.equal(new URL(url).searchParams.get("error"), "unmet_authentication_requirements");
      assert.equal(server.audit.lastRefusal, "login.unreachable");
    }
    await server.close();
  });

  spec(
    "SU-01",
    "lets who signed in well enough pass without a page, also where a stronger one was preferred",
    async () => {
      const server = await aServer();
      const client = await server.client({ authMethods: ["client_secret_post"] });
      const { browser } = await login(server, client);
      const asked = { code_challenge: pkce().challenge, acr_values: "aal2 aal1", prompt: "none" };
      const { url } = await browser.open(authorizationUrl(server, client, asked));
      assert.ok(new URL(url).searchParams.get("code"));
      await server.close();
    },
  );

  spec("SU-01", "lists what it can reach in both documents", async () => {
    const { signIn } = usualSettings(issuer);
    for (const [offered, expected] of [
      [{}, ["aal1", "aal2"]],
      [{ passkeys: false }, ["aal1", "aal2"]],
      [{ passkeys: false, oneTimePasswords: false }, ["aal1"]],
    ]) {
      const server = await aServer({ settings: { signIn: { ...signIn, ...offered } } });
      for (const path of ["oauth-authorization-server", "openid-configuration"]) {
        const answer = await server.fetchHere(`${server.issuer}/.well-known/${path}`);
        const document = (await answer.json()) as { acr_values_supported: unknown };
        assert.deepEqual(document.acr_values_supported, expected);
      }
      await server.close();
    }
  });
});
