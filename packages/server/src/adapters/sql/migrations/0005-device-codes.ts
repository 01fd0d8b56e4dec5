import type { Migration } from "../migration.ts";

/**
 * Devices that wait for a person's decision elsewhere (RFC 8628). The second index holds only what was approved and not yet
 * fetched, a few rows at any time: what a person ends takes those along.
 */
export const deviceCodes: Migration = {
  number: 5,
  name: "device-codes",
  statements: [
    `CREATE TABLE device_code (
      device_code_hash {{bytes}} NOT NULL PRIMARY KEY,
      user_code {{text}} NOT NULL UNIQUE,
      client_id {{text}} NOT NULL,
      scopes {{text}},
      resources {{text}} NOT NULL,
      jkt {{text}},
      address {{text}} NOT NULL,
      user_agent {{text}} NOT NULL,
      poll_interval {{integer}} NOT NULL,
      last_polled_at {{integer}},
      decision {{text}},
      account_id {{text}},
      grant_id {{integer}},
      permissions {{text}} NOT NULL,
      offline {{integer}} NOT NULL,
      sid {{text}} NOT NULL,
      authenticated_at {{integer}} NOT NULL,
      amr {{text}} NOT NULL,
      created_at {{integer}} NOT NULL,
      expires_at {{integer}} NOT NULL,
      spent_at {{integer}}
    ){{table}}`,
    "CREATE INDEX device_code_by_expiry ON device_code (expires_at)",
    `CREATE INDEX device_code_to_fetch ON device_code (account_id, client_id)
      WHERE decision = 'approved' AND spent_at IS NULL`,
  ],
};
