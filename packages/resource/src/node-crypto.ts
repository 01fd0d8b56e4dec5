/** As much of `node:crypto` as is needed to check a signature; no import, so that any runtime loads the package. */
export interface NodeCrypto {
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
}

/**
 * Node's own, where this is Node: a check there is a plain call at half of what WebCrypto takes. Bun, Deno and workerd
 * offer a module of this name too; theirs was never held against the attacks, so that WebCrypto serves there.
 */
export function nodeCrypto(): NodeCrypto | undefined {
  const { navigator, process } = globalThis as Runtime;
  return navigator?.userAgent?.startsWith("Node.js/")
    ? process?.getBuiltinModule?.("node:crypto")
    : undefined;
}
