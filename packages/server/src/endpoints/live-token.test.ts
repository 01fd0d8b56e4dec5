import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { liveHolder } from "./live-token.ts";

const claims = {
  iss: "https://auth.example.com",
  sub: "acc_ada",
  aud: "https://mcp.example.com/mcp",
  client_id: "agent",
  iat: 0,
  exp: 600,
  jti: "jti",
};
const ofPerson = { ...claims, lineage: "7" };
const ofMachine = { ...claims, sub: "agent" };

const standing = {
  opened: ofPerson as object | undefined,
  isRevoked: false,
  client: { disabledAt: null } as object | undefined,
  lineage: { accountId: "acc_ada", clientId: "agent", grantId: 3, endedAt: null } as object | undefined,
  grant: { id: 3 } as object | undefined,
  account: { id: "acc_ada", disabledAt: null } as object | undefined,
};

/** What the stores answer, each fact by itself: a real store ends the lineages of an account that it disables. */
async function judged(facts: Partial<typeof standing>, now = 0) {
  const { opened, isRevoked, client, lineage, grant, account } = { ...standing, ...facts };
  const reader = {
    keys: { open: async () => opened },
    settings: { issuer: claims.iss },
    store: {
      accessTokens: { isRevoked: async () => isRevoked },
      clients: { find: async () => client },
      lineages: { find: async () => lineage },
      accounts: { find: async () => account },
      grants: { find: async (id: number) => (id === 3 ? grant : undefined) },
    },
  };
  return await liveHolder(reader as unknown as Parameters<typeof liveHolder>[0], "a token", now);
}

describe("an access token whose signature holds", () => {
  it("is live while all that it came from stands", async () => {
    assert.deepEqual(await judged({}), { claims: ofPerson, account: standing.account });
    assert.ok(await judged({}, 599));
    assert.ok(await judged({ client: undefined }), "a client that a document describes has no row");
    assert.ok(await judged({ opened: ofMachine, lineage: undefined, account: undefined }));
  });

  for (const { given, facts, now = 0 } of [
    { given: "that no key of ours made", facts: { opened: undefined } },
    { given: "of another issuer", facts: { opened: { ...ofPerson, iss: "https://other.example" } } },
    { given: "at its last second", facts: {}, now: 600 },
    { given: "without an end", facts: { opened: { ...ofPerson, exp: undefined } } },
    { given: "that was revoked", facts: { isRevoked: true } },
    { given: "whose client is disabled", facts: { client: { disabledAt: 1 } } },
    { given: "whose lineage is unknown", facts: { lineage: undefined } },
    { given: "whose lineage ended", facts: { lineage: { ...standing.lineage, endedAt: 1 } } },
    { given: "whose grant is gone", facts: { grant: undefined } },
    {
      given: "whose lineage is another account's",
      facts: { lineage: { ...standing.lineage, accountId: "acc_eve" } },
    },
    {
      given: "whose lineage is another client's",
      facts: { lineage: { ...standing.lineage, clientId: "other" } },
    },
    { given: "whose account is unknown", facts: { account: undefined } },
    { given: "whose account is disabled", facts: { account: { ...standing.account, disabledAt: 1 } } },
    { given: "of a machine that was removed", facts: { opened: ofMachine, client: undefined } },
    { given: "of a machine that is disabled", facts: { opened: ofMachine, client: { disabledAt: 1 } } },
    { given: "of a machine, revoked", facts: { opened: ofMachine, isRevoked: true } },
  ]) {
    it(`is dead: one ${given}`, async () => assert.equal(await judged(facts, now), undefined));
  }
});
