import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { root } from "../../../../../gate/house.ts";
import { login, redeem, refresh } from "../../testing/a-login.ts";
import { aLookout, device, introspect } from "../../testing/a-program.ts";
import { aServer, mcp } from "../../testing/a-server.ts";
import { eventsOfTokens } from "../contract/indexed-verbs.ts";
import {
  aClient,
  aCode,
  anAccount,
  anInteraction,
  aRotation,
  aSession,
  earnedBy,
} from "../contract/records.ts";
import { openSqlite } from "../sqlite/database.ts";
import type { Database } from "./database.ts";
import { type SqlStore, sqlStore } from "./store.ts";

/** The columns by which a table's rows could be spread over machines: a statement has to name all of one choice. */
const keys: Readonly<Record<string, readonly (readonly string[])[]>> = {
  account: [["id"], ["email"]],
  session: [["id_hash"]],
  client: [["id"]],
  client_document: [["url_hash"]],
  interaction: [["id"]],
  access_grant: [["id"], ["account_id", "client_id"]],
  permission: [["grant_id"]],
  code: [["code_hash"]],
  lineage: [["id"]],
  revoked_token: [["jti"]],
  assertion: [["id_hash"]],
  dpop_proof: [["id_hash"]],
};

/** Few rows, read by all and hardly ever written: every machine may hold them whole. */
const everywhere = ["resource", "role", "signing_key", "setting", "id_block"];

/** `lineage by id`; what no key stands in is said as it is. */
function told(text: string): string {
  const sql = text.replace(/\s+/g, " ").replace(/ ON CONFLICT .*/, "");
  const tables = [...sql.matchAll(/\b(?:FROM|INTO|UPDATE|JOIN) (\w+)/g)].map(([, table]) => table ?? "");
  if (tables.every((table) => everywhere.includes(table))) return `${tables.join(" and ")} (everywhere)`;
  const [, inserted] = /^INSERT INTO \w+ \(([^)]*)\)/.exec(sql) ?? [];
  const where = sql.slice(sql.indexOf(" WHERE "));
  const named =
    inserted?.split(", ") ?? [...where.matchAll(/(?:\w\.)?(\w+) = \?/g)].map(([, column]) => column);
  // The one join there is stays inside a key: a grant's permissions carry the grant's id.
  const isInsideAKey = / access_grant g LEFT JOIN permission p ON p\.grant_id = g\.id /.test(sql);
  const [table = ""] = tables;
  const key = keys[table]?.find((columns) => columns.every((column) => named.includes(column)));
  if (!key || (tables.length > 1 && !isInsideAKey)) return `NO ONE KEY: ${sql}`;
  return `${tables.join(" with ")} by ${key.join(" and ")}`;
}

describe("the statements of hot verbs", () => {
  let store: SqlStore;
  const ran: string[] = [];
  before(async () => {
    const db = await openSqlite(":memory:");
    const spy: Database = {
      ...db,
      read: (sql, ...params) => {
        ran.push(told(sql));
        return db.read(sql, ...params);
      },
      readOne: (sql, ...params) => {
        ran.push(told(sql));
        return db.readOne(sql, ...params);
      },
      commit: (...statements) => {
        ran.push(...statements.map(({ sql }) => told(sql)));
        return db.commit(...statements);
      },
    };
    store = sqlStore(spy);
  });
  after(() => store.close());

  const code = aCode();
  const lineage = earnedBy(code);
  const [account, client, session, interaction] = [anAccount(), aClient(), aSession(), anInteraction()];
  const scale = readFileSync(join(root, "docs/operate/scale.md"), "utf8");

  for (const { verb, run, touches } of [
    { verb: "accounts.find", run: () => store.accounts.find(account.id), touches: ["account by id"] },
    {
      verb: "accounts.findByEmail",
      run: () => store.accounts.findByEmail(account.email),
      touches: ["account by email"],
    },
    { verb: "clients.find", run: () => store.clients.find(client.id), touches: ["client by id"] },
    {
      verb: "documents.find",
      run: () => store.documents.find("https://a"),
      touches: ["client_document by url_hash"],
    },
    { verb: "sessions.begin", run: () => store.sessions.begin(session), touches: ["session by id_hash"] },
    {
      verb: "sessions.find",
      run: () => store.sessions.find(session.idHash),
      touches: ["session by id_hash"],
    },
    {
      verb: "sessions.used",
      run: () => store.sessions.used(session.idHash, 5_000),
      touches: ["session by id_hash"],
    },
    {
      verb: "interactions.begin",
      run: () => store.interactions.begin(interaction),
      touches: ["interaction by id"],
    },
    {
      verb: "interactions.find",
      run: () => store.interactions.find(interaction.id),
      touches: ["interaction by id"],
    },
    {
      verb: "interactions.signedIn",
      run: () => store.interactions.signedIn(interaction.id, 1_000),
      touches: ["interaction by id"],
    },
    {
      verb: "interactions.advance",
      run: () => store.interactions.advance(interaction.id, 0, {}),
      touches: ["interaction by id"],
    },
    {
      verb: "interactions.finish",
      run: () => store.interactions.finish(interaction.id),
      touches: ["interaction by id"],
    },
    {
      verb: "grants.findFor",
      run: () => store.grants.findFor(account.id, client.id),
      touches: ["access_grant with permission by account_id and client_id"],
    },
    {
      verb: "grants.find",
      run: () => store.grants.find(1),
      touches: ["access_grant with permission by id"],
    },
    {
      verb: "codes.save",
      run: () => store.codes.save(code),
      touches: ["code by code_hash", "client by id"],
    },
    { verb: "codes.find", run: () => store.codes.find(code.codeHash), touches: ["code by code_hash"] },
    {
      verb: "codes.redeem",
      run: () => store.codes.redeem(code.codeHash, lineage, 1_010),
      touches: ["code by code_hash", "lineage by id"],
    },
    { verb: "lineages.find", run: () => store.lineages.find(lineage.id), touches: ["lineage by id"] },
    {
      verb: "lineages.rotate",
      run: () => store.lineages.rotate(lineage, aRotation()),
      touches: ["lineage by id"],
    },
    {
      verb: "lineages.end",
      run: () => store.lineages.end(lineage.id, "revoked", 2_000),
      touches: ["lineage by id"],
    },
    {
      verb: "accessTokens.revoke",
      run: () => store.accessTokens.revoke("jti", 5_000, 4_000),
      touches: ["revoked_token by jti"],
    },
    {
      verb: "accessTokens.isRevoked",
      run: () => store.accessTokens.isRevoked("jti"),
      touches: ["revoked_token by jti"],
    },
    {
      verb: "assertions.spend",
      run: () => store.assertions.spend("cli", "jti", 5_000),
      touches: ["assertion by id_hash"],
    },
    {
      verb: "proofs.spend",
      run: () => store.proofs.spend("thumbprint", "jti", 5_000),
      touches: ["dpop_proof by id_hash"],
    },
  ] as const) {
    it(`of ${verb} touch ${touches.join(", then ")}, and the manual says so`, async () => {
      ran.length = 0;
      await run();
      assert.deepEqual(ran, touches);
      assert.ok(scale.includes(`| \`${verb}\` | ${touches.join(", then ")} |`), "docs/operate/scale.md");
    });
  }

  it("of a whole refresh and of introspection name one key each", async () => {
    const server = await aServer({ store });
    const client = await server.client();
    const lookout = await aLookout(server, mcp);
    const first = await device(server, client);
    ran.length = 0;
    const second = await refresh(server, client, first.refresh_token);
    await introspect(server, lookout, second.body.access_token);
    assert.equal(second.status, 200);
    assert.deepEqual(
      ran.filter((one) => one.startsWith("NO ONE KEY")),
      [],
    );
    assert.ok(ran.includes("lineage by id"));
  });

  it("of tokens write no event that the index of an account's events holds", async () => {
    const server = await aServer({ store });
    const client = await server.client();
    const code = await login(server, client);
    const before = server.audit.events.length;
    const first = await redeem(server, client, code);
    assert.equal((await refresh(server, client, first.body.refresh_token)).status, 200);
    const written = server.audit.events.slice(before).filter(({ accountId }) => accountId !== undefined);
    assert.deepEqual(
      written.map(({ what }) => what).filter((what) => !eventsOfTokens.some((one) => one === what)),
      [],
    );
    assert.ok(written.length > 0);
  });

  it("of a first consent name the grant by its two owners, its permissions by a read of that grant", async () => {
    ran.length = 0;
    await store.grants.consent(account.id, client.id, [{ resource: "r", scopes: ["s"] }], 1_000);
    assert.equal(ran[0], "access_grant by account_id and client_id");
    assert.match(
      ran[1] ?? "",
      /^NO ONE KEY: INSERT INTO permission .* FROM access_grant WHERE account_id = \?/s,
    );
    assert.equal(ran[2], "access_grant with permission by account_id and client_id");
  });
});
