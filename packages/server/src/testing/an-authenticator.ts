import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { WebAuthnJson } from "../ports/passkeys.ts";

/** What a browser and its authenticator do otherwise than they should; each by itself, for the attacks. */
export interface Tampering {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly userPresent?: boolean;
  readonly userVerified?: boolean;
  readonly isSynced?: boolean;
  readonly counter?: number;
  /** A user handle, base64url. */
  readonly userHandle?: string;
  /** Another credential's id, base64url, under this one's signature. */
  readonly credentialId?: string;
  readonly signedBy?: KeyObject;
  readonly attestation?: { readonly fmt: string; readonly attStmt: CborMap };
}

export interface AnAuthenticatorOptions {
  readonly origin: string;
  /** Whether its passkeys are on other devices too: the flags BE and BS. */
  readonly isSynced?: boolean;
  /** Whether it counts its signatures. */
  readonly counts?: boolean;
}

type CborValue = number | string | Uint8Array | CborMap;
type CborMap = ReadonlyMap<number | string, CborValue>;

/** A passkey as its authenticator keeps it. */
interface Kept {
  readonly id: string;
  readonly rpId: string;
  readonly userHandle: string;
  readonly privateKey: KeyObject;
  counter: number;
}

/** A browser with an authenticator in it, in software: makes ES256 passkeys and signs with them. WebAuthn Level 3 §6.3 */
export class AnAuthenticator {
  readonly kept: Kept[] = [];
  readonly #options: AnAuthenticatorOptions;

  constructor(options: AnAuthenticatorOptions) {
    this.#options = options;
  }

  /** `navigator.credentials.create()`, as JSON on both sides. */
  create(options: WebAuthnJson, tampering: Tampering = {}): WebAuthnJson {
    const { rp, user, challenge } = options as unknown as CreationOptions;
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const id = randomBytes(32);
    const made = { id: id.toString("base64url"), rpId: rp.id, userHandle: user.id, privateKey, counter: 0 };
    this.kept.push(made);
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    const coseKey = cbor(
      new Map<number, CborValue>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, "base64url")],
        [-3, Buffer.from(y, "base64url")],
      ]),
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey]);
    const authData = this.#authenticatorData(made, tampering, attested);
    const { fmt, attStmt } = tampering.attestation ?? { fmt: "none", attStmt: new Map() };
    const attestationObject = cbor(
      new Map<string, CborValue>([
        ["fmt", fmt],
        ["attStmt", attStmt],
        ["authData", authData],
      ]),
    );
    return credential(tampering.credentialId ?? made.id, {
      clientDataJSON: this.#clientData("webauthn.create", challenge, tampering),
      attestationObject: attestationObject.toString("base64url"),
      transports: ["internal", "hybrid"],
    });
  }

  /** `navigator.credentials.get()`: the person chooses the newest passkey. */
  get(options: WebAuthnJson, tampering: Tampering = {}): WebAuthnJson {
    const { rpId, challenge } = options as unknown as RequestOptions;
    const made = this.kept.findLast((kept) => kept.rpId === rpId);
    if (!made) throw new Error("This authenticator has no passkey for the site.");
    if (this.#options.counts) made.counter++;
    const authData = this.#authenticatorData(made, tampering);
    const clientDataJSON = this.#clientData("webauthn.get", challenge, tampering);
    const hash = createHash("sha256").update(Buffer.from(clientDataJSON, "base64url")).digest();
    const signature = sign("sha256", Buffer.concat([authData, hash]), tampering.signedBy ?? made.privateKey);
    return credential(tampering.credentialId ?? made.id, {
      clientDataJSON,
      authenticatorData: authData.toString("base64url"),
      signature: signature.toString("base64url"),
      userHandle: tampering.userHandle ?? made.userHandle,
    });
  }

  /** §6.1 */
  #authenticatorData(made: Kept, tampering: Tampering, attested?: Buffer): Buffer {
    const { userPresent = true, userVerified = true } = tampering;
    const isSynced = tampering.isSynced ?? this.#options.isSynced ?? true;
    const flags =
      (userPresent ? 0x01 : 0) | (userVerified ? 0x04 : 0) | (isSynced ? 0x18 : 0) | (attested ? 0x40 : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(tampering.counter ?? made.counter);
    const rpIdHash = createHash("sha256")
      .update(tampering.rpId ?? made.rpId)
      .digest();
    return Buffer.concat([rpIdHash, Buffer.of(flags), counter, attested ?? Buffer.alloc(0)]);
  }

  /** §5.8.1 */
  #clientData(type: string, challenge: string, tampering: Tampering): string {
    const data = {
      type: tampering.type ?? type,
      challenge: tampering.challenge ?? challenge,
      origin: tampering.origin ?? this.#options.origin,
      crossOrigin: tampering.crossOrigin ?? false,
    };
    return Buffer.from(JSON.stringify(data)).toString("base64url");
  }
}

interface CreationOptions {
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
  readonly challenge: string;
}

interface RequestOptions {
  readonly rpId: string;
  readonly challenge: string;
}

function credential(id: string, response: Readonly<Record<string, unknown>>): WebAuthnJson {
  return { id, rawId: id, type: "public-key", response, clientExtensionResults: {} };
}

/** RFC 8949 §3: as much of it as a passkey needs. */
function cbor(value: CborValue): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string")
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([key, of]) => [cbor(key), cbor(of)]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.of((major << 5) | size);
  if (size < 256) return Buffer.of((major << 5) | 24, size);
  return Buffer.of((major << 5) | 25, size >> 8, size & 0xff);
}
