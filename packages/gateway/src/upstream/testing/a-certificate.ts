import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** An authority of the test's own, and certificates that it signs. */
export interface Authority {
  /** PEM. */
  readonly certificate: string;
  /** For a server at this IPv4 address; both in PEM. */
  forAddress(address: string): { readonly key: string; readonly cert: string };
}

/** RFC 5280 certificates on P-256 for a day, written out by hand: nothing that makes them comes with Node. */
export function anAuthority(name: string): Authority {
  const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
  // §4.2.1.9: an authority.
  const isAuthority = extension("551d13", der(0x30, der(0x01, Buffer.from([0xff]))));
  const issue = (subject: string, key: KeyObject, more: Buffer) =>
    certified(name, own.privateKey, subject, key, more);
  return {
    certificate: issue(name, own.publicKey, isAuthority),
    forAddress(address) {
      const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      // §4.2.1.6: an address.
      const at = extension("551d11", der(0x30, der(0x87, Buffer.from(address.split(".").map(Number)))));
      const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
      return { key, cert: issue(address, publicKey, at) };
    },
  };
}

/** §4.1 */
function certified(issuer: string, by: KeyObject, subject: string, key: KeyObject, more: Buffer): string {
  const algorithm = der(0x30, oid("2a8648ce3d040302"));
  const now = Date.now();
  const toBeSigned = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1 + Math.floor(Math.random() * 127)])),
    algorithm,
    nameOf(issuer),
    der(0x30, time(now - 3_600_000), time(now + 86_400_000)),
    nameOf(subject),
    key.export({ type: "spki", format: "der" }),
    der(0xa3, der(0x30, more)),
  );
  const signature = sign("sha256", toBeSigned, by);
  const octets = der(0x30, toBeSigned, algorithm, der(0x03, Buffer.from([0]), signature));
  return `-----BEGIN CERTIFICATE-----\n${octets.toString("base64")}\n-----END CERTIFICATE-----\n`;
}

/** X.690 §8.1: tag, length, what it holds. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const held = Buffer.concat(parts);
  const long = held.length > 255 ? [0x82, held.length >> 8, held.length & 0xff] : [0x81, held.length];
  return Buffer.concat([Buffer.from([tag, ...(held.length < 128 ? [held.length] : long)]), held]);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

/** A common name alone. */
function nameOf(text: string): Buffer {
  return der(0x30, der(0x31, der(0x30, oid("550403"), der(0x0c, Buffer.from(text)))));
}

function time(at: number): Buffer {
  const digits = new Date(at)
    .toISOString()
    .replace(/[-:T]|\.\d+/g, "")
    .slice(2);
  return der(0x17, Buffer.from(digits));
}

function extension(id: string, value: Buffer): Buffer {
  return der(0x30, oid(id), der(0x04, value));
}
