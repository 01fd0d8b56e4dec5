import assert from "node:assert/strict";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import { PasskeyRefused, type WebAuthnJson } from "../../ports/passkeys.ts";
import type { Passkey } from "../../records/passkey.ts";
import {
  AnAuthenticator,
  type AnAuthenticatorOptions,
  type Tampering,
} from "../../testing/an-authenticator.ts";
import { passkeysOf } from "./passkeys.ts";

const origin = "https://auth.example.com";
const passkeys = passkeysOf()({ issuer: `${origin}/tenant`, name: "Example" });
const ada = { accountId: "acc_ada", email: "ada@example.com", name: "Ada" };
const challenge = () => randomBytes(32).toString("base64url");

/** A passkey of Ada's, and the authenticator that has it. */
async function made(options: Partial<AnAuthenticatorOptions> = {}, tampering?: Tampering) {
  const authenticator = new AnAuthenticator({ origin, ...options });
  const asked = challenge();
  const answer = authenticator.create(passkeys.creation(ada, [], asked), tampering);
  const passkey: Passkey = {
    ...(await passkeys.created(answer, asked)),
    accountId: ada.accountId,
    name: "Phone",
    createdAt: 0,
    lastUsedAt: null,
  };
  return { authenticator, passkey, asked, answer };
}

async function refused(promise: Promise<unknown>): Promise<PasskeyRefused> {
  const thrown = await promise.then(
    () => assert.fail("It was taken."),
    (thrown: unknown) => thrown,
  );
  assert.ok(thrown instanceof PasskeyRefused, String(thrown));
  return thrown;
}

describe("the options for a new passkey", () => {
  it("ask for a discoverable one with user verification and no attestation, for this host alone", () => {
    const asked = challenge();
    const options = passkeys.creation(ada, [], asked);
    assert.deepEqual(options.rp, { id: "auth.example.com", name: "Example" });
    assert.equal(options.challenge, asked);
    assert.equal(options.attestation, "none");
    assert.deepEqual(options.authenticatorSelection, {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    });
  });

  it("[WA-05] carry the account's id as the user handle, and nothing of the person", () => {
    const { user } = passkeys.creation(ada, [], challenge()) as { user: { id: string } };
    assert.equal(Buffer.from(user.id, "base64url").toString(), ada.accountId);
  });

  it("exclude the authenticators that have one", async () => {
    const { passkey } = await made();
    assert.deepEqual(passkeys.creation(ada, [passkey], challenge()).excludeCredentials, [
      { type: "public-key", id: passkey.id, transports: ["hybrid", "internal"] },
    ]);
  });
});

describe("the options for a sign-in", () => {
  it("[WA-05] name no passkey, so that nobody learns who has one", () => {
    const asked = challenge();
    const { rpId, allowCredentials, userVerification, ...rest } = passkeys.request(asked);
    assert.deepEqual([rpId, allowCredentials, userVerification], ["auth.example.com", [], "required"]);
    assert.equal(rest.challenge, asked);
  });
});

describe("a new passkey", () => {
  it("is taken with what its authenticator says of itself", async () => {
    const { passkey, authenticator } = await made();
    assert.equal(passkey.id, authenticator.kept[0]?.id);
    assert.deepEqual(
      [passkey.counter, passkey.isSynced, passkey.transports, passkey.aaguid],
      [0, true, ["hybrid", "internal"], "00000000-0000-0000-0000-000000000000"],
    );
  });

  it("is known for one that stays on its device", async () => {
    assert.equal((await made({ isSynced: false })).passkey.isSynced, false);
  });

  const attacks: readonly { given: string; fact: RegExp; tampering: Tampering }[] = [
    {
      given: "another origin",
      fact: /origin/,
      tampering: { origin: "https://auth.example.com.evil.example" },
    },
    {
      given: "the same host on another port",
      fact: /origin/,
      tampering: { origin: "https://auth.example.com:8443" },
    },
    { given: "the same host without TLS", fact: /origin/, tampering: { origin: "http://auth.example.com" } },
    { given: "another relying party", fact: /RP ID/, tampering: { rpId: "example.com" } },
    { given: "no user verification", fact: /[Uu]ser verification/, tampering: { userVerified: false } },
    { given: "no user presence", fact: /(not present|was not present)/, tampering: { userPresent: false } },
    { given: "another challenge", fact: /challenge/, tampering: { challenge: challenge() } },
    { given: "the answer to a sign-in", fact: /response type/, tampering: { type: "webauthn.get" } },
    { given: "a frame of another site", fact: /frame/, tampering: { crossOrigin: true } },
    {
      given: "an id that its authenticator did not make",
      fact: /another credential/,
      tampering: { credentialId: challenge() },
    },
    {
      given: "an attestation by certificates",
      fact: /unasked/,
      tampering: {
        attestation: { fmt: "fido-u2f", attStmt: new Map([["sig", new Uint8Array(70)]]) },
      },
    },
    {
      given: "a packed attestation with certificates",
      fact: /unasked/,
      tampering: {
        attestation: {
          fmt: "packed",
          attStmt: new Map<string, Uint8Array | number>([
            ["alg", -7],
            ["sig", new Uint8Array(70)],
            ["x5c", new Uint8Array(2)],
          ]),
        },
      },
    },
    {
      given: "a packed attestation with a wrong signature",
      fact: /./,
      tampering: {
        attestation: {
          fmt: "packed",
          attStmt: new Map<string, Uint8Array | number>([
            ["alg", -7],
            ["sig", new Uint8Array(70)],
          ]),
        },
      },
    },
  ];
  for (const { given, fact, tampering } of attacks) {
    it(`[WA-01 WA-06] is refused with ${given}`, async () => {
      assert.match((await refused(made({}, tampering))).fact, fact);
    });
  }
});

describe("a sign-in with a passkey", () => {
  it("is taken from the authenticator that made it", async () => {
    const { authenticator, passkey } = await made();
    const asked = challenge();
    const answer = authenticator.get(passkeys.request(asked));
    assert.deepEqual(await passkeys.signed(answer, asked, passkey), { counter: 0 });
  });

  it("gives the new counter of an authenticator that counts", async () => {
    const { authenticator, passkey } = await made({ counts: true });
    for (const expected of [1, 2, 3]) {
      const asked = challenge();
      const { counter } = await passkeys.signed(authenticator.get(passkeys.request(asked)), asked, {
        ...passkey,
        counter: expected - 1,
      });
      assert.equal(counter, expected);
    }
  });

  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const attacks: readonly { given: string; fact: RegExp; tampering: Tampering }[] = [
    { given: "another origin", fact: /origin/, tampering: { origin: "https://auth.example.org" } },
    {
      given: "the same host on another port",
      fact: /origin/,
      tampering: { origin: "https://auth.example.com:8443" },
    },
    { given: "another relying party", fact: /RP ID/, tampering: { rpId: "example.com" } },
    { given: "no user verification", fact: /[Uu]ser verification/, tampering: { userVerified: false } },
    { given: "no user presence", fact: /(not present|was not present)/, tampering: { userPresent: false } },
    { given: "the challenge of another time", fact: /challenge/, tampering: { challenge: challenge() } },
    { given: "the answer to a creation", fact: /response type/, tampering: { type: "webauthn.create" } },
    { given: "a frame of another site", fact: /frame/, tampering: { crossOrigin: true } },
    { given: "a signature by another key", fact: /does not fit/, tampering: { signedBy: stranger } },
    {
      given: "another person's user handle",
      fact: /another person/,
      tampering: { userHandle: Buffer.from("acc_bob").toString("base64url") },
    },
    { given: "another passkey's id", fact: /another passkey/, tampering: { credentialId: challenge() } },
    { given: "flags of a passkey for one device", fact: /for one device/, tampering: { isSynced: false } },
  ];
  for (const { given, fact, tampering } of attacks) {
    it(`[WA-01 WA-03] is refused with ${given}, which is no sign of a copy`, async () => {
      const { authenticator, passkey } = await made();
      const asked = challenge();
      const answer = authenticator.get(passkeys.request(asked), tampering);
      const refusal = await refused(passkeys.signed(answer, asked, passkey));
      assert.match(refusal.fact, fact);
      assert.equal(refusal.isCopy, false);
    });
  }

  it("[WA-03] is refused without a user handle", async () => {
    const { authenticator, passkey } = await made();
    const asked = challenge();
    const answer = authenticator.get(passkeys.request(asked)) as { response: Record<string, unknown> };
    const { userHandle: _, ...response } = answer.response;
    await refused(passkeys.signed({ ...answer, response }, asked, passkey));
  });

  it("is refused where no such passkey is known, however well it is signed", async () => {
    const { authenticator } = await made();
    const asked = challenge();
    const { fact } = await refused(
      passkeys.signed(authenticator.get(passkeys.request(asked)), asked, undefined),
    );
    assert.equal(fact, "No such passkey is known here.");
  });

  for (const { given, kept, counter } of [
    { given: "went back", kept: 7, counter: 6 },
    { given: "stood still", kept: 7, counter: 7 },
    { given: "fell to nought", kept: 7, counter: 0 },
  ]) {
    it(`[WA-04] is refused as a copy's when the counter ${given}`, async () => {
      const { authenticator, passkey } = await made({ counts: true });
      const asked = challenge();
      const answer = authenticator.get(passkeys.request(asked), { counter });
      assert.equal(
        (await refused(passkeys.signed(answer, asked, { ...passkey, counter: kept }))).isCopy,
        true,
      );
    });
  }

  it("[WA-04] lets nobody cry theft with a counter that another key signed", async () => {
    const { authenticator, passkey } = await made({ counts: true });
    const asked = challenge();
    const answer = authenticator.get(passkeys.request(asked), { counter: 1, signedBy: stranger });
    assert.equal((await refused(passkeys.signed(answer, asked, { ...passkey, counter: 7 }))).isCopy, false);
  });
});

describe("an answer that no browser makes", () => {
  const bytes = (length: number) => Buffer.alloc(length, 0x81).toString("base64url");
  const get = async (
    change: (answer: Record<string, unknown>, response: Record<string, unknown>) => WebAuthnJson,
  ) => {
    const { authenticator, passkey } = await made();
    const asked = challenge();
    const answer = { ...authenticator.get(passkeys.request(asked)) };
    const response = { ...(answer.response as Record<string, unknown>) };
    return refused(passkeys.signed(change(answer, response), asked, passkey));
  };
  const create = async (response: Record<string, unknown>) => {
    const { answer, asked } = await made();
    const own = answer.response as Record<string, unknown>;
    return refused(passkeys.created({ ...answer, response: { ...own, ...response } }, asked));
  };

  it("is refused without a member, with another type, or with a member that is no base64url", async () => {
    await get(() => ({}));
    await get((answer) => ({ ...answer, response: null }));
    await get((answer) => ({ ...answer, type: "password" }));
    await get((answer) => ({ ...answer, rawId: "other" }));
    await get((answer) => ({ ...answer, id: ["a"] }));
    await get((answer, response) => ({ ...answer, response: { ...response, signature: "a+b=" } }));
    await get((answer, response) => ({ ...answer, response: { ...response, authenticatorData: "AAAA" } }));
    await get((answer, response) => ({ ...answer, response: { ...response, clientDataJSON: "AAAA" } }));
    await get((answer, response) => ({ ...answer, response: { ...response, clientDataJSON: "bnVsbA" } }));
  });

  it("is refused unread when a member is larger than any honest one", async () => {
    for (const name of ["clientDataJSON", "authenticatorData", "signature", "userHandle"]) {
      const { fact } = await get((answer, response) => ({
        ...answer,
        response: { ...response, [name]: bytes(1_000_000) },
      }));
      assert.equal(fact, `The answer lacks its shape at response.${name}.`);
    }
  });

  it("is refused for CBOR that is nested, cut or no CBOR at all", async () => {
    await create({ attestationObject: bytes(12_000) });
    await create({ attestationObject: "oWNmbXQ" });
    await create({ attestationObject: Buffer.from("5bffffffffffffffff", "hex").toString("base64url") });
    await create({ attestationObject: "AAAA" });
  });

  it("keeps nothing of its bytes in what the operator reads but printable ones", async () => {
    const { authenticator, passkey } = await made();
    const asked = challenge();
    const origin = `https://evil.example/\u001b[2J\n${"x".repeat(500)}`;
    const { fact } = await refused(
      passkeys.signed(authenticator.get(passkeys.request(asked), { origin }), asked, passkey),
    );
    assert.match(fact, /^[\x20-\x7e]{1,200}$/);
  });
});
