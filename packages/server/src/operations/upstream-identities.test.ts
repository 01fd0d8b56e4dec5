import assert from "node:assert/strict";
import { it } from "node:test";
import { aServer } from "../testing/a-server.ts";
import { disconnect } from "./upstream-identities.ts";

const connected = { upstream: "work", subject: "ada-there", email: null, createdAt: 0, lastUsedAt: null };
const nothingElse = { signIn: { password: false, passkeys: false, email: false }, canMail: false };

const cases = [
  {
    given: "a password is left",
    offered: { ...nothingElse, signIn: { ...nothingElse.signIn, password: true } },
    outcome: "disconnected",
  },
  { given: "it is the last way in", offered: nothingElse, outcome: "last" },
  {
    given: "it is switched off and nobody comes in by it",
    offered: { ...nothingElse, upstreams: [] },
    outcome: "disconnected",
  },
  { given: "it is another's", offered: nothingElse, subject: "eve-there", outcome: "unknown" },
  { given: "there is none", offered: nothingElse, subject: "nobody", outcome: "unknown" },
] as const;

for (const { given, outcome, ...about } of cases) {
  it(`a connection with an account elsewhere, when ${given}: ${outcome}`, async () => {
    const server = await aServer();
    const { store, audit } = server;
    const [account, other] = [await server.person(), await server.person({ email: "eve@example.com" })];
    await store.identities.add({ ...connected, accountId: account.id });
    await store.identities.add({ ...connected, subject: "eve-there", accountId: other.id });
    const { subject = "ada-there" } = about as { subject?: string };
    const offered = { upstreams: ["work"], ...about.offered };
    const where = { address: "203.0.113.9", now: server.clock.now() };
    assert.equal(
      await disconnect({ store, audit }, account, { upstream: "work", subject }, offered, where),
      outcome,
    );
    const isGone = outcome === "disconnected";
    assert.equal((await store.identities.listOf(account.id)).length, isGone ? 0 : 1);
    assert.equal((await store.identities.listOf(other.id)).length, 1);
    assert.equal(
      audit.events.some(({ what }) => what === "identity.unlinked"),
      isGone,
    );
    await server.close();
  });
}
