import type { Config } from "./schema.ts";

const names = {
  oidc: null,
  google: "Google",
  microsoft: "Microsoft",
  apple: "Apple",
  github: "GitHub",
} as const;

/** Where else people sign in, as `start` asks for it. */
export function upstreamPlansOf({ upstreams }: Config) {
  return Object.entries(upstreams).map(([id, given]) => {
    const { kind, client_secret: secret, client_secret_file: secretFile } = given;
    return {
      id,
      kind,
      name: given.name ?? names[kind] ?? id,
      isEnabled: given.enabled,
      signsUp: given.sign_up,
      linksByEmail: given.link_by_email,
      trustsMfa: given.trust_mfa,
      trustsEmail: given.trust_email ?? null,
      issuer: given.issuer ?? null,
      tenant: given.tenant ?? "common",
      clientId: given.client_id,
      clientSecret: secretFile === undefined ? (secret ?? null) : { file: secretFile },
      keyFile: given.private_key_file ?? null,
      keyId: given.key_id ?? null,
      teamId: given.team_id ?? null,
      scopes: given.scopes ?? null,
      domains: given.domains,
    };
  });
}
