import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { newAccount } from "./new-account.ts";
import { type Offered, waysLeft } from "./ways-left.ts";

const all: Offered = {
  signIn: { password: true, passkeys: true, email: true },
  canMail: true,
  upstreams: ["google"],
};
const account = newAccount({ email: "ada@example.com", name: "", passwordHash: "hash", roles: [] }, 0);

async function told(about: Partial<typeof account>, offered: Partial<Offered>): Promise<string[]> {
  const store = await sqliteStore(":memory:");
  const person = { ...account, ...about };
  await store.accounts.add(person);
  const passkey = { publicKey: "", counter: 0, transports: [], name: "", aaguid: "", isSynced: true };
  const times = { createdAt: 0, lastUsedAt: null };
  await store.passkeys.add({ ...passkey, ...times, id: "pk", accountId: person.id });
  for (const upstream of ["google", "github"])
    await store.identities.add({ ...times, upstream, subject: "1", accountId: person.id, email: null });
  const ways = await waysLeft(store, person, { ...all, ...offered });
  await store.close();
  return ways.map(({ kind, id }) => (id === undefined ? kind : `${kind} ${id}`));
}

describe("the ways in that a person has", () => {
  for (const { given, about = {}, offered = {}, expected } of [
    { given: "everything", expected: ["password", "email", "passkey pk", "upstream google"] },
    {
      given: "no password",
      about: { passwordHash: null },
      expected: ["email", "passkey pk", "upstream google"],
    },
    {
      given: "an address that nobody has proven",
      about: { emailVerified: false },
      expected: ["password", "passkey pk", "upstream google"],
    },
    {
      given: "a server that sends no mail",
      offered: { canMail: false },
      expected: ["password", "passkey pk", "upstream google"],
    },
    {
      given: "a server with passkeys alone",
      offered: { signIn: { password: false, passkeys: true, email: false }, upstreams: [] },
      expected: ["passkey pk"],
    },
  ]) {
    it(`with ${given} are ${expected.join(", ")}`, async () => {
      assert.deepEqual(await told(about, offered), expected);
    });
  }
});
