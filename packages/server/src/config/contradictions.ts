import { formatDuration } from "./duration.ts";
import type { ConfigFault } from "./fault.ts";
import type { Config } from "./schema.ts";

/** Settings that are right each, and wrong together. */
export function contradictions(config: Config): ConfigFault[] {
  const { lifetimes, signing_keys: keys, client_metadata_documents: documents } = config;
  const longestToken = Math.max(lifetimes.access_token, lifetimes.id_token);
  return [
    keys.keep_after < longestToken && {
      name: "signing_keys.keep_after",
      reason: "is shorter than a token lives: its last tokens would no longer verify",
      example: `For example: keep_after: ${formatDuration(longestToken * 2)}`,
    },
    keys.publish_ahead >= keys.rotate_every && {
      name: "signing_keys.publish_ahead",
      reason: "is not shorter than signing_keys.rotate_every: no key would ever sign in its own time",
      example: "For example: publish_ahead: 1d with rotate_every: 90d",
    },
    documents.min_fresh > documents.max_fresh && {
      name: "client_metadata_documents.min_fresh",
      reason: "is longer than client_metadata_documents.max_fresh",
      example: "For example: min_fresh: 60s with max_fresh: 24h",
    },
    lifetimes.refresh_idle > lifetimes.refresh_absolute && {
      name: "lifetimes.refresh_idle",
      reason: "is longer than lifetimes.refresh_absolute and would never count",
      example: "For example: refresh_idle: 30d with refresh_absolute: 180d",
    },
  ].filter((fault) => fault !== false);
}
