import type { Clock } from "../../ports/clock.ts";
import type { Keys } from "../../ports/keys.ts";
import type { SettingStore, SigningKeyStore } from "../../ports/store.ts";
import type { Instant } from "../../records/instant.ts";
import { readCompactJws } from "./compact-jws.ts";
import { signEs256, verifyEs256 } from "./es256.ts";
import { hmacSha256, type Mac } from "./mac.ts";
import { OpenedTokens } from "./opened-tokens.ts";
import type { KeyRing } from "./ring.ts";
import { isPublished, type RotationSchedule, rotationStep, signingKey } from "./rotation.ts";
import { Sealer, sealingSecret } from "./sealer.ts";
import { newSigningKey, type OpenedKey, openSigningKey, publicJwk } from "./signing-keys.ts";

export interface KeysOptions {
  readonly ring: KeyRing;
  readonly store: { readonly signingKeys: SigningKeyStore; readonly settings: SettingStore };
  readonly clock: Clock;
  readonly rotation: RotationSchedule;
  /** Told once about each key of the store that this node's ring does not open. */
  readonly warn?: (sentence: string) => void;
}

export interface NodeKeys extends Keys {
  /** Reads the keys of other nodes and does what the rotation schedule asks; rejects when the store does not answer. */
  refresh(): Promise<void>;
}

/** Seconds between two reads of the store that tokens with an unknown kid may cause. */
const unknownKidFloor = 10;

/** Longer ones are none of ours, and not worth a digest: an access token has about a thousand characters. */
const longestJws = 16_384;

/** Access tokens come again and again; an ID token comes once, and says more of a person than need be kept. */
const rememberedType = "at+jwt";

export async function openKeys(options: KeysOptions): Promise<NodeKeys> {
  const { ring, store } = options;
  const keys = new StoredKeys(options, new Sealer(ring, await sealingSecret(store.settings)));
  await keys.refresh();
  return keys;
}

class StoredKeys implements NodeKeys {
  readonly #options: KeysOptions;
  readonly #sealer: Sealer;
  readonly #opened = new Map<string, OpenedKey>();
  readonly #warned = new Set<string>();
  readonly #macs = new Map<string, Mac>();
  readonly #headers = new Map<string, string>();
  readonly #openedTokens = new OpenedTokens();
  #keys: readonly OpenedKey[] = [];
  #signer:
    | { readonly key: OpenedKey; readonly at: Instant; readonly among: readonly OpenedKey[] }
    | undefined;
  #refreshing: Promise<void> | undefined;
  #refreshedAt: Instant = 0;

  constructor(options: KeysOptions, sealer: Sealer) {
    this.#options = options;
    this.#sealer = sealer;
  }

  get proofKeyId(): string {
    return this.#options.ring.activeId;
  }

  sign(type: string, claims: Readonly<Record<string, unknown>>): string {
    const key = this.#signingKey();
    const input = `${this.#header(type, key.record.kid)}.${base64url(JSON.stringify(claims))}`;
    return `${input}.${signEs256(key.privateKey, input).toString("base64url")}`;
  }

  async open(type: string, jwt: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    if (jwt.length > longestJws) return undefined;
    const name = OpenedTokens.nameOf(jwt);
    const known = this.#openedTokens.get(name, this.#options.clock.now());
    if (known?.type === type && this.#published(known.kid)?.publicKey === known.publicKey)
      return known.claims;
    return await this.#verify(type, jwt, name);
  }

  async jwks(): Promise<{ readonly keys: readonly Readonly<Record<string, unknown>>[] }> {
    const now = this.#options.clock.now();
    return { keys: this.#keys.filter((key) => isPublished(key.record, now)).map(publicJwk) };
  }

  mac(keyId: string, purpose: string, message: Uint8Array): Uint8Array | undefined {
    return this.#mac(keyId, purpose)?.(message);
  }

  seal(...asked: Parameters<Keys["seal"]>): ReturnType<Keys["seal"]> {
    return this.#sealer.seal(...asked);
  }

  unseal(...asked: Parameters<Keys["unseal"]>): ReturnType<Keys["unseal"]> {
    return this.#sealer.unseal(...asked);
  }

  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    const { ring, store, clock, rotation } = this.#options;
    this.#refreshedAt = clock.now();
    // Each turn that is lost was won by another node, which did what this one was about to do.
    for (let turn = 0; turn < 10; turn++) {
      const records = await store.signingKeys.list();
      this.#keys = records.flatMap((record) => this.#open(record));
      const now = clock.now();
      const step = rotationStep(
        this.#keys.map((key) => key.record),
        rotation,
        now,
      );
      if (step.addActiveFrom === null && step.retire.length === 0) return;
      for (const kid of step.retire) await store.signingKeys.retire(kid, now, now + rotation.keepAfter);
      if (step.addActiveFrom !== null) {
        await store.signingKeys.add(await newSigningKey(ring, now, step.addActiveFrom), records.length);
      }
    }
    if (this.#keys.length === 0) throw new Error("No signing key could be made: the store took none.");
  }

  #open(record: OpenedKey["record"]): OpenedKey[] {
    const held = this.#opened.get(record.kid);
    const opened = held ? { ...held, record } : openSigningKey(this.#options.ring, record);
    if (opened) {
      this.#opened.set(record.kid, opened);
      return [opened];
    }
    if (!this.#warned.has(record.kid)) {
      this.#warned.add(record.kid);
      this.#options.warn?.(
        `The signing key ${record.kid} in the store cannot be opened: it is sealed by the key ${record.sealedBy}, ` +
          "which this node lacks, or was changed. Tokens that it signed are refused here.",
      );
    }
    return [];
  }

  /** Judged anew each second, and whenever the keys were read. */
  #signingKey(): OpenedKey {
    const now = this.#options.clock.now();
    if (this.#signer?.at !== now || this.#signer.among !== this.#keys) {
      const records = this.#keys.map((key) => key.record);
      // `openKeys` resolves only once there is one, and a key is retired only after its successor began to sign.
      const { kid } = signingKey(records, now) as OpenedKey["record"];
      this.#signer = { key: this.#opened.get(kid) as OpenedKey, at: now, among: this.#keys };
    }
    return this.#signer.key;
  }

  #mac(keyId: string, purpose: string): Mac | undefined {
    const name = `${keyId}/${purpose}`;
    const held = this.#macs.get(name);
    if (held) return held;
    const derived = this.#options.ring.derive(keyId, `mac/${purpose}`);
    if (derived === undefined) return undefined;
    const mac = hmacSha256(derived);
    this.#macs.set(name, mac);
    return mac;
  }

  #published(kid: unknown): OpenedKey | undefined {
    const now = this.#options.clock.now();
    return this.#keys.find((key) => key.record.kid === kid && isPublished(key.record, now));
  }

  /** Another node may have made a key since; whoever sends junk must not make every request read the store. */
  async #learn(kid: unknown): Promise<OpenedKey | undefined> {
    const tooSoon = this.#options.clock.now() < this.#refreshedAt + unknownKidFloor;
    if (typeof kid !== "string" || (tooSoon && this.#refreshing === undefined)) return undefined;
    try {
      await this.refresh();
    } catch {
      // The periodic refresh reports a store that does not answer; here the key is simply not known.
    }
    return this.#published(kid);
  }

  async #verify(
    type: string,
    jwt: string,
    name: string,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    const jws = readCompactJws(jwt);
    if (jws === undefined || jws.header.typ !== type || jws.header.alg !== "ES256") return undefined;
    const key = this.#published(jws.header.kid) ?? (await this.#learn(jws.header.kid));
    if (key === undefined || !verifyEs256(key.publicKey, jws.input, jws.signature)) return undefined;
    const claims = jws.payload();
    if (claims !== undefined && type === rememberedType) {
      const token = { type, claims, kid: key.record.kid, publicKey: key.publicKey };
      this.#openedTokens.keep(name, token, jwt.length, this.#options.clock.now());
    }
    return claims;
  }

  #header(type: string, kid: string): string {
    const name = `${type}/${kid}`;
    const held = this.#headers.get(name);
    if (held) return held;
    const header = base64url(JSON.stringify({ alg: "ES256", typ: type, kid }));
    this.#headers.set(name, header);
    return header;
  }
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
