import assert from "node:assert/strict";
import { describe } from "node:test";
import { openMessage, sealMessage } from "../adapters/keys/sealed-message.ts";
import { spec } from "../testing/spec.ts";
import { opaqueToken, openOpaqueToken } from "./opaque-token.ts";
import { withChecksum, withoutChecksum } from "./secret.ts";

const issuer = "https://auth.example.com";
const [id, otherId] = ["0a0b0c0d", "0e0f1011"];
const claims = { sub: "acc_1", jti: "j" };

/** One secret under every id of a key, so that nothing but what is bound to the token keeps it from opening. */
const keyOf = () => new Uint8Array(32);
const keys: Parameters<typeof opaqueToken>[0] & Parameters<typeof openOpaqueToken>[0] = {
  proofKeyId: id,
  seal: (_id, _purpose, about, plain) => sealMessage(keyOf, about, plain),
  unseal: (_id, _purpose, about, sealed) => openMessage(keyOf, about, sealed),
};
const open = (token: string) => openOpaqueToken(keys, issuer, token);

describe("an opaque token", () => {
  /** A token put together by hand: what it says in clear, and what it is sealed beside. */
  function handmade(version: number, clear: { readonly keyId: string }, about: string): string {
    const sealed = sealMessage(keyOf, Buffer.from(about), Buffer.from(JSON.stringify(claims)));
    const bytes = Buffer.concat([Buffer.of(version), Buffer.from(clear.keyId, "hex"), sealed]);
    return withChecksum("vka", bytes.toString("base64url"));
  }

  for (const { given, token, opens } of [
    { given: "as it is made", token: () => opaqueToken(keys, issuer, claims), opens: true },
    {
      given: "by hand in the same way",
      token: () => handmade(1, { keyId: id }, `valetkey opaque access token 1\0${id}\0${issuer}`),
      opens: true,
    },
    {
      given: "with another version in clear",
      token: () => handmade(2, { keyId: id }, `valetkey opaque access token 1\0${id}\0${issuer}`),
      opens: false,
    },
    {
      given: "sealed beside another version",
      token: () => handmade(1, { keyId: id }, `valetkey opaque access token 2\0${id}\0${issuer}`),
      opens: false,
    },
    {
      given: "with another key's id in clear",
      token: () => handmade(1, { keyId: otherId }, `valetkey opaque access token 1\0${id}\0${issuer}`),
      opens: false,
    },
    {
      given: "of another issuer with the same keys",
      token: () => opaqueToken(keys, "https://other.example.com", claims),
      opens: false,
    },
  ]) {
    spec("I4-OPAQUE", `${opens ? "opens" : "does not open"} ${given}`, () => {
      assert.deepEqual(open(token()), opens ? claims : undefined);
    });
  }

  spec("I4-OPAQUE", "that ends within its head is none, and asks for no key", () => {
    const asking = {
      unseal: () => assert.fail("A key was asked for."),
    };
    const body = Buffer.from(withoutChecksum("vka", opaqueToken(keys, issuer, claims)) ?? "", "base64url");
    for (let length = 0; length <= 5; length++) {
      const cut = withChecksum("vka", body.subarray(0, length).toString("base64url"));
      assert.equal(openOpaqueToken(asking, issuer, cut), undefined);
    }
  });
});
