import { OAuthError } from "@valetkey/protocol/errors";
import type { Caller } from "@valetkey/resource";
import type { Rules } from "../rules/rules.ts";

/** What a credential is asked for. */
export interface CredentialRequest {
  readonly caller: Caller;
  /** The name in the rules file; undefined where the rules name none. */
  readonly name: string | undefined;
  /** Where the request goes. */
  readonly upstream: URL;
}

/**
 * What goes upstream in the place of the caller's token: nothing, a credential of the gateway's own, or a token that the
 * caller's was exchanged for. Header values by lower-case name. It never gives the caller's token back.
 * @throws OAuthError when there is none to be had; the request is then not sent
 */
export interface CredentialSource {
  headersFor(request: CredentialRequest): Promise<Readonly<Record<string, string>>>;
}

/** Drops the token; the upstream gets no credential. */
export const dropped: CredentialSource = { headersFor: async () => ({}) };

/** The credentials that the rules file names, and nothing for rules that name none. */
export function namedCredentials(credentials: Rules["credentials"]): CredentialSource {
  return {
    async headersFor({ name }) {
      if (name === undefined) return {};
      const credential = credentials.get(name);
      if (credential !== undefined) return { [credential.header]: credential.value };
      throw new OAuthError("server_error", "The request cannot be sent on.", "upstream.credential", {
        fact: name,
      });
    },
  };
}
