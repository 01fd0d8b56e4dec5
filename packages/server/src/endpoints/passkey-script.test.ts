import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Script } from "node:vm";
import { passkeysOf } from "../adapters/passkeys/passkeys.ts";
import { aServer } from "../testing/a-server.ts";
import { passkeyScriptOf } from "./passkey-script.ts";

describe("the script of the passkey pages", () => {
  for (const { issuer, path } of [
    { issuer: "https://auth.example.com", path: "/passkeys.js" },
    { issuer: "https://example.com/auth", path: "/auth/passkeys.js" },
  ]) {
    it(`is served at ${path}, kept for ever under the name of its content, and nowhere else from`, async () => {
      const server = await aServer({ issuer });
      const { href, source, body } = passkeyScriptOf(passkeysOf(), issuer);
      assert.equal(source, new URL(path, issuer).href);
      const named = await server.fetchHere(new URL(href, issuer));
      assert.equal(named.headers.get("content-type"), "text/javascript; charset=utf-8");
      assert.equal(named.headers.get("cache-control"), "public, max-age=31536000, immutable");
      assert.equal(await named.text(), body);
      const other = await server.fetchHere(new URL(`${path}?v=old`, issuer));
      assert.equal(other.headers.get("cache-control"), "public, max-age=300");
      await server.close();
    });
  }

  it("is a script, and small", () => {
    const { body } = passkeyScriptOf(passkeysOf(), "https://auth.example.com");
    assert.ok(new Script(body));
    assert.ok(Buffer.byteLength(body) < 20_000);
  });

  it("does nothing where there are no passkeys", () => {
    const { body } = passkeyScriptOf(passkeysOf(), "https://auth.example.com");
    assert.equal(new Script(body).runInNewContext({}), undefined);
  });
});
