import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { aForeignProvider, foreignClient } from "../../testing/a-foreign-provider.ts";
import { anUpstream, issuer } from "./testing/an-upstream.ts";

describe("the server's own key at an upstream", async () => {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-upstream-"));
  after(() => rm(folder, { recursive: true }));
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const keyFile = join(folder, "key.pem");
  await writeFile(keyFile, privateKey.export({ format: "pem", type: "pkcs8" }));

  it("[SBU-01] makes an assertion whose one audience is the issuer", async () => {
    const { arrive, provider } = await anUpstream({ keyFile, keyId: "k1", clientSecret: null });
    await arrive();
    const assertion = provider.lastToken.form.get("client_assertion") ?? "";
    assert.deepEqual(decodeProtectedHeader(assertion), { alg: "ES256", kid: "k1" });
    const { iss, sub, aud } = decodeJwt(assertion);
    assert.deepEqual(
      { iss, sub, aud },
      { iss: foreignClient.clientId, sub: foreignClient.clientId, aud: issuer },
    );
  });

  for (const [given, file, why] of [
    ["is not there", join(folder, "none.pem"), /does not exist/],
    ["is none", import.meta.filename, /holds no private key/],
  ] as const) {
    it(`stops the start when it ${given}`, async () => {
      await assert.rejects(anUpstream({ keyFile: file }), why);
    });
  }

  it("makes Apple's secret: a JWT of five minutes", async () => {
    const provider = aForeignProvider("https://appleid.apple.com");
    const about = {
      kind: "apple",
      issuer: null,
      keyFile,
      keyId: "k1",
      teamId: "TEAM",
      clientSecret: null,
    } as const;
    await (await anUpstream(about, provider)).arrive();
    const secret = provider.lastToken.form.get("client_secret") ?? "";
    assert.deepEqual(decodeProtectedHeader(secret), { alg: "ES256", kid: "k1" });
    const { iss, sub, aud, iat = 0, exp } = decodeJwt(secret);
    assert.deepEqual(
      { iss, sub, aud, lives: (exp ?? 0) - iat },
      { iss: "TEAM", sub: foreignClient.clientId, aud: "https://appleid.apple.com", lives: 300 },
    );
  });
});
