import { invalidClient } from "@valetkey/protocol/errors";

/** Whose documents the operator takes. An entry is a host, or `.example.com` for every host below it. */
export interface HostPolicy {
  /** Empty: every host that is not denied. */
  readonly allowHosts: readonly string[];
  readonly denyHosts: readonly string[];
}

/** draft-ietf-oauth-client-id-metadata-document-02 §8.9. @throws invalid_client "document.host-denied" */
export function requireAllowedHost(url: string, { allowHosts, denyHosts }: HostPolicy): void {
  const { hostname } = new URL(url);
  const isListed = (entry: string) =>
    entry.startsWith(".") ? `.${hostname}`.endsWith(entry) : hostname === entry;
  if (denyHosts.some(isListed) || (allowHosts.length > 0 && !allowHosts.some(isListed))) {
    throw invalidClient("document.host-denied", { fact: hostname });
  }
}
