import assert from "node:assert/strict";
import { describe } from "node:test";
import { SignJWT } from "jose";
import { login, post, redeem, refresh } from "../testing/a-login.ts";
import { AnOutside, aLookout, basic, introspect } from "../testing/a-program.ts";
import { api, aServer, clientKeyPair, mcp, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

describe("what the operator can read", () => {
  spec(
    ["I2-SECRETS", "P-3"],
    "has no token, code, verifier, secret or password, whatever went well or wrong",
    async () => {
      const outbound = new AnOutside();
      const server = await aServer({ outbound });
      const secrets: string[] = [password];
      const client = await server.client();
      const job = await server.client({
        authMethods: ["client_secret_basic", "client_secret_post"],
        grantTypes: ["client_credentials"],
        scope: ["inference:read"],
      });
      const lookout = await aLookout(server, mcp);
      const key = clientKeyPair();
      const signer = await server.client({
        authMethods: ["private_key_jwt"],
        grantTypes: ["client_credentials"],
        scope: ["inference:read"],
        jwks: { keys: [key.jwk] },
      });
      secrets.push(job.secret, lookout.secret);

      const { code, verifier } = await login(server, client, { scope: "openid tools:use" });
      secrets.push(code, verifier);
      const wrong = { code, verifier: `${verifier.slice(0, -2)}xx` };
      secrets.push(wrong.verifier);
      await redeem(server, client, wrong);
      await redeem(server, await server.client(), { code, verifier });
      const tokens = (await redeem(server, client, { code, verifier })).body;
      const next = (await refresh(server, client, tokens.refresh_token)).body;
      secrets.push(
        tokens.access_token,
        tokens.refresh_token,
        tokens.id_token,
        next.access_token,
        next.refresh_token,
      );
      await refresh(server, client, tokens.refresh_token, { scope: "more" });
      await refresh(server, client, `${tokens.refresh_token}x`);
      await introspect(server, lookout, next.access_token);
      await server.fetchHere(`${server.issuer}/userinfo`, {
        headers: { authorization: `Bearer ${next.access_token}` },
      });
      await server.fetchHere(`${server.issuer}/userinfo?access_token=${next.access_token}`);
      await redeem(server, client, { code, verifier });
      await refresh(server, client, next.refresh_token);
      await post(server, "/revoke", { client_id: client.id, token: next.refresh_token });

      const form = { grant_type: "client_credentials", resource: api };
      const machine = (await post(server, "/token", form, basic(job.id, job.secret))).body;
      secrets.push(machine.access_token);
      const guess = "a-guess-that-is-nearly-right";
      secrets.push(guess, btoa(`${job.id}:${guess}`));
      await post(server, "/token", form, basic(job.id, guess));
      await post(server, "/token", { ...form, client_id: job.id, client_secret: guess });
      await post(server, "/token", { ...form, client_id: job.id, client_secret: [guess, guess] });
      await post(server, "/token", { ...form, client_secret: guess }, basic(job.id, job.secret));
      await post(server, `/token?client_secret=${guess}`, form);
      await post(server, "/token", {
        grant_type: "password",
        username: "ada@example.com",
        password,
        client_id: client.id,
      });
      const now = server.clock.now();
      for (const aud of [server.issuer, `${server.issuer}/token`]) {
        const jwt = await new SignJWT({ iss: signer.id, sub: signer.id, aud, exp: now + 60, jti: "1" })
          .setProtectedHeader({ alg: "ES256", kid: "key-1" })
          .sign(key.privateKey);
        secrets.push(jwt, jwt.split(".")[2] ?? "");
        const client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        await post(server, "/token", { ...form, client_assertion: jwt, client_assertion_type });
      }

      const read = `${server.audit.text}${JSON.stringify(server.audit.failures)}`;
      assert.ok(server.audit.steps.length > 15 && server.audit.events.length > 3);
      assert.deepEqual(server.audit.failures, []);
      for (const secret of secrets) {
        assert.ok(secret.length > 8, "A secret of the test is missing.");
        assert.equal(read.includes(secret), false, `The trace has ${secret.slice(0, 12)}...`);
      }
      await server.close();
    },
  );
});
