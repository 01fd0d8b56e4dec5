import type { Migration } from "../migration.ts";

/**
 * No foreign keys where rows come and go at the pace of requests: each would cost a read and, on PostgreSQL, a lock on
 * the parent row. Indexes stand only where a verb looks by them. Of a lineage no column that a rotation changes is
 * indexed, so that a rotation touches one row and no index.
 */
export const firstTables: Migration = {
  number: 1,
  name: "first-tables",
  statements: [
    `CREATE TABLE account (
      number {{numbered}},
      id {{text}} NOT NULL UNIQUE,
      email {{text}} NOT NULL UNIQUE,
      email_verified {{integer}} NOT NULL,
      name {{text}} NOT NULL,
      password_hash {{text}},
      roles {{text}} NOT NULL,
      created_at {{integer}} NOT NULL,
      disabled_at {{integer}}
    ){{table}}`,
    `CREATE TABLE role (
      name {{text}} NOT NULL PRIMARY KEY,
      description {{text}} NOT NULL,
      allows {{text}} NOT NULL
    ){{table}}`,
    `CREATE TABLE session (
      id_hash {{bytes}} NOT NULL PRIMARY KEY,
      sid {{text}} NOT NULL,
      account_id {{text}} NOT NULL,
      authenticated_at {{integer}} NOT NULL,
      amr {{text}} NOT NULL,
      user_agent {{text}} NOT NULL,
      created_at {{integer}} NOT NULL,
      expires_at {{integer}} NOT NULL
    ){{table}}`,
    "CREATE INDEX session_by_account ON session (account_id)",
    "CREATE INDEX session_by_expiry ON session (expires_at)",
    `CREATE TABLE client (
      number {{numbered}},
      id {{text}} NOT NULL UNIQUE,
      kind {{text}} NOT NULL,
      name {{text}} NOT NULL,
      redirect_uris {{text}} NOT NULL,
      post_logout_redirect_uris {{text}} NOT NULL,
      grant_types {{text}} NOT NULL,
      auth_methods {{text}} NOT NULL,
      application_type {{text}},
      scope {{text}},
      introspects {{text}} NOT NULL,
      secrets {{text}} NOT NULL,
      jwks {{text}},
      jwks_uri {{text}},
      logo_uri {{text}},
      client_uri {{text}},
      refresh_grace {{integer}},
      created_at {{integer}} NOT NULL,
      last_authorized_at {{integer}},
      disabled_at {{integer}}
    ){{table}}`,
    `CREATE INDEX client_never_authorized ON client (created_at)
      WHERE kind = 'self-registered' AND last_authorized_at IS NULL`,
    `CREATE TABLE client_document (
      url_hash {{bytes}} NOT NULL PRIMARY KEY,
      url {{text}} NOT NULL,
      client {{text}} NOT NULL,
      etag {{text}},
      first_seen_at {{integer}} NOT NULL,
      fetched_at {{integer}} NOT NULL,
      fresh_until {{integer}} NOT NULL
    ){{table}}`,
    "CREATE INDEX client_document_by_fetch ON client_document (fetched_at)",
    `CREATE TABLE resource (
      number {{numbered}},
      identifier {{text}} NOT NULL UNIQUE,
      name {{text}} NOT NULL,
      scopes {{text}} NOT NULL,
      default_scopes {{text}} NOT NULL,
      access_token_lifetime {{integer}},
      signing_algorithm {{text}} NOT NULL,
      created_at {{integer}} NOT NULL
    ){{table}}`,
    `CREATE TABLE interaction (
      id {{text}} NOT NULL PRIMARY KEY,
      browser_hash {{bytes}} NOT NULL,
      query {{text}} NOT NULL,
      client_id {{text}} NOT NULL,
      signed_in_at {{integer}},
      created_at {{integer}} NOT NULL,
      expires_at {{integer}} NOT NULL
    ){{table}}`,
    "CREATE INDEX interaction_by_expiry ON interaction (expires_at)",
    `CREATE TABLE access_grant (
      id {{numbered}},
      account_id {{text}} NOT NULL,
      client_id {{text}} NOT NULL,
      created_at {{integer}} NOT NULL,
      updated_at {{integer}} NOT NULL,
      UNIQUE (account_id, client_id)
    ){{table}}`,
    "CREATE INDEX access_grant_by_client ON access_grant (client_id)",
    `CREATE TABLE permission (
      grant_id {{integer}} NOT NULL REFERENCES access_grant (id) ON DELETE CASCADE,
      resource {{text}} NOT NULL,
      scope {{text}} NOT NULL,
      PRIMARY KEY (grant_id, resource, scope)
    ){{table}}`,
    `CREATE TABLE code (
      code_hash {{bytes}} NOT NULL PRIMARY KEY,
      client_id {{text}} NOT NULL,
      account_id {{text}} NOT NULL,
      grant_id {{integer}} NOT NULL,
      redirect_uri {{text}} NOT NULL,
      code_challenge {{text}} NOT NULL,
      permissions {{text}} NOT NULL,
      offline {{integer}} NOT NULL,
      nonce {{text}},
      sid {{text}} NOT NULL,
      authenticated_at {{integer}} NOT NULL,
      amr {{text}} NOT NULL,
      created_at {{integer}} NOT NULL,
      expires_at {{integer}} NOT NULL,
      spent_at {{integer}}
    ){{table}}`,
    "CREATE INDEX code_by_expiry ON code (expires_at)",
    `CREATE TABLE lineage (
      id {{integer}} NOT NULL PRIMARY KEY,
      code_hash {{bytes}} NOT NULL,
      client_id {{text}} NOT NULL,
      account_id {{text}} NOT NULL,
      grant_id {{integer}} NOT NULL,
      permissions {{text}} NOT NULL,
      offline {{integer}} NOT NULL,
      refreshable {{integer}} NOT NULL,
      secret {{text}} NOT NULL,
      generation {{integer}} NOT NULL,
      key_id {{text}} NOT NULL,
      previous_key_id {{text}},
      rotated_at {{integer}} NOT NULL,
      superseded {{text}} NOT NULL,
      late_answers {{text}} NOT NULL,
      nonce {{text}},
      sid {{text}} NOT NULL,
      authenticated_at {{integer}} NOT NULL,
      amr {{text}} NOT NULL,
      user_agent {{text}} NOT NULL,
      created_at {{integer}} NOT NULL,
      last_used_at {{integer}} NOT NULL,
      idle_expires_at {{integer}} NOT NULL,
      absolute_expires_at {{integer}} NOT NULL,
      ended_at {{integer}},
      end_reason {{text}}
    ){{tableOfUpdates}}`,
    "CREATE INDEX lineage_by_grant ON lineage (grant_id)",
    "CREATE INDEX lineage_by_code ON lineage (code_hash)",
    "CREATE INDEX lineage_by_account ON lineage (account_id)",
    "CREATE INDEX lineage_by_sid ON lineage (sid)",
    "CREATE INDEX lineage_by_expiry ON lineage (absolute_expires_at)",
    `CREATE TABLE id_block (
      name {{text}} NOT NULL PRIMARY KEY,
      next {{integer}} NOT NULL
    ){{table}}`,
    "INSERT INTO id_block (name, next) VALUES ('lineage', 1)",
    `CREATE TABLE revoked_token (
      jti {{text}} NOT NULL PRIMARY KEY,
      expires_at {{integer}} NOT NULL
    ){{table}}`,
    "CREATE INDEX revoked_token_by_expiry ON revoked_token (expires_at)",
    `CREATE TABLE assertion (
      id_hash {{bytes}} NOT NULL PRIMARY KEY,
      expires_at {{integer}} NOT NULL
    ){{table}}`,
    "CREATE INDEX assertion_by_expiry ON assertion (expires_at)",
    `CREATE TABLE signing_key (
      ordinal {{integer}} NOT NULL PRIMARY KEY,
      kid {{text}} NOT NULL UNIQUE,
      algorithm {{text}} NOT NULL,
      public_jwk {{text}} NOT NULL,
      sealed_private_key {{text}} NOT NULL,
      sealed_by {{text}} NOT NULL,
      created_at {{integer}} NOT NULL,
      active_from {{integer}} NOT NULL,
      retired_at {{integer}},
      remove_at {{integer}}
    ){{table}}`,
    `CREATE TABLE set_up_link (
      hash {{bytes}} NOT NULL PRIMARY KEY,
      created_at {{integer}} NOT NULL,
      expires_at {{integer}} NOT NULL
    ){{table}}`,
    `CREATE TABLE audit_event (
      number {{numbered}},
      at {{integer}} NOT NULL,
      what {{text}} NOT NULL,
      client_id {{text}},
      account_id {{text}},
      grant_id {{integer}},
      lineage_id {{integer}},
      address {{text}},
      user_agent {{text}},
      detail {{text}}
    ){{table}}`,
    `CREATE TABLE trace_step (
      number {{numbered}},
      at {{integer}} NOT NULL,
      step {{text}} NOT NULL,
      outcome {{text}} NOT NULL,
      says {{text}} NOT NULL,
      refusal {{text}},
      client_id {{text}},
      address {{text}} NOT NULL,
      user_agent {{text}} NOT NULL
    ){{table}}`,
    `CREATE TABLE setting (
      name {{text}} NOT NULL PRIMARY KEY,
      value {{text}} NOT NULL
    ){{table}}`,
  ],
};
