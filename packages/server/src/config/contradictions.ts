import { formatDuration } from "./duration.ts";
import type { ConfigFault } from "./fault.ts";
import { lookFaults } from "./look-faults.ts";
import type { Config } from "./schema.ts";
import { smtpParts } from "./sections/mail.ts";
import { signInContradictions } from "./sign-in-contradictions.ts";
import { upstreamContradictions } from "./upstream-contradictions.ts";

/** Settings that are right each, and wrong together. */
export function contradictions(config: Config): ConfigFault[] {
  const { lifetimes, signing_keys: keys, client_metadata_documents: documents } = config;
  const longestToken = Math.max(lifetimes.access_token, lifetimes.id_token);
  return [
    ...mailContradictions(config),
    ...signInContradictions(config),
    ...lookFaults(config),
    ...upstreamContradictions(config),
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

function mailContradictions({ mail }: Config): (ConfigFault | false)[] {
  const { smtp, from, password, password_file: file } = mail;
  const hasPassword = password !== undefined || file !== undefined;
  const user = smtp === undefined ? null : smtpParts(smtp).user;
  return [
    smtp !== undefined &&
      from === undefined && {
        name: "mail.from",
        reason: "is missing: mail.smtp is set, and every mail comes from somebody",
        example: "For example: from: Example Accounts <accounts@example.com>",
      },
    password !== undefined &&
      file !== undefined && {
        name: "mail.password_file",
        reason: "and mail.password exclude each other",
        example: "Remove one of the two.",
      },
    user !== null &&
      !hasPassword && {
        name: "mail.password",
        reason: "is missing: mail.smtp names a user",
        example: "For example: VALETKEY_MAIL__PASSWORD in the environment, or password_file",
      },
    smtp !== undefined &&
      user === null &&
      hasPassword && {
        name: "mail.smtp",
        reason: "names no user, while a password is given",
        example: "For example: smtp: smtp://valetkey@smtp.example.com:587",
      },
  ];
}
