/** As much of Node as is needed to check a signature; no import, so that any runtime loads the package. */
export interface Node {
  readonly crypto: NodeCrypto;
  /** `Buffer.from`. */
  octets(text: string, encoding: "latin1" | "base64url"): Uint8Array;
}

interface NodeCrypto {
  verify(
    digest: string | null,
    data: Uint8Array,
    key: NodeKey | { readonly key: NodeKey; readonly padding: number; readonly saltLength: number },
    signature: Uint8Array,
  ): boolean;
  readonly KeyObject: { from(key: unknown): NodeKey };
  readonly constants: { readonly RSA_PKCS1_PSS_PADDING: number; readonly RSA_PSS_SALTLEN_DIGEST: number };
}

/** A `KeyObject`. */
export interface NodeKey {
  readonly type: string;
}

interface Runtime {
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { getBuiltinModule?(name: "node:crypto"): NodeCrypto | undefined };
  readonly Buffer?: { from(text: string, encoding: "latin1" | "base64url"): Uint8Array };
}

/**
 * Node's own, where this is Node: a check there is a plain call at half of what WebCrypto takes. Bun, Deno and workerd
 * offer modules of these names too; theirs were never held against the attacks, so that WebCrypto serves there.
 */
export function nodeItself(): Node | undefined {
  const { navigator, process, Buffer } = globalThis as Runtime;
  if (!navigator?.userAgent?.startsWith("Node.js/") || Buffer === undefined) return undefined;
  const crypto = process?.getBuiltinModule?.("node:crypto");
  return crypto && { crypto, octets: (text, encoding) => Buffer.from(text, encoding) };
}
