import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Account } from "../../records/account.ts";
import type { CountedWays, TakenWay } from "../../records/way-in.ts";
import { aMailedProof, anIdentity, aPasskey } from "./people-records.ts";
import { atOnce, count, type Opened } from "./place.ts";
import { anAccount } from "./records.ts";

const every: CountedWays = { password: true, email: true, passkeys: true, upstreams: ["google", "work"] };
const none: CountedWays = { password: false, email: false, passkeys: false, upstreams: [] };

/** That nobody takes their own last way in away. */
export function waysInContract(at: Opened): void {
  async function aPerson(about: Partial<Account> = {}, passkeys = 0, upstreams: readonly string[] = []) {
    const account = anAccount({ passwordHash: null, emailVerified: false, ...about });
    await at.store.accounts.add(account);
    const keys = Array.from({ length: passkeys }, () => aPasskey({ accountId: account.id }));
    for (const one of keys) await at.store.passkeys.add(one);
    const identities = upstreams.map((upstream) => anIdentity({ accountId: account.id, upstream }));
    for (const one of identities) await at.store.identities.add(one);
    const ways: TakenWay[] = [
      ...(account.passwordHash === null ? [] : [{ kind: "password" } as const]),
      ...keys.map(({ id }) => ({ kind: "passkey", id }) as const),
      ...identities.map(({ upstream, subject }) => ({ kind: "upstream", upstream, subject }) as const),
    ];
    const take = (way: TakenWay | undefined, counted: CountedWays = every) =>
      at.store.accounts.takeWayIn(account.id, way ?? { kind: "password" }, counted);
    return { account, ways, take };
  }

  describe("ways in", () => {
    for (const { given, about, passkeys, upstreams, counted, taken } of [
      { given: "a password beside a passkey", about: { passwordHash: "x" }, passkeys: 1, taken: true },
      { given: "a password alone", about: { passwordHash: "x" }, taken: false },
      {
        given: "a password beside a proven address",
        about: { passwordHash: "x", emailVerified: true },
        taken: true,
      },
      {
        given: "a password beside an address to which no code can go",
        about: { passwordHash: "x", emailVerified: true },
        counted: { ...every, email: false },
        taken: false,
      },
      { given: "a passkey beside another", passkeys: 2, taken: true },
      { given: "a passkey alone", passkeys: 1, taken: false },
      {
        given: "a passkey beside a password that is not offered",
        passkeys: 1,
        about: { emailVerified: false },
        counted: { ...every, password: false },
        taken: false,
      },
      { given: "a passkey beside an account elsewhere", passkeys: 1, upstreams: ["work"], taken: true },
      {
        given: "a passkey beside an account elsewhere that is off",
        passkeys: 1,
        upstreams: ["work"],
        counted: { ...every, upstreams: ["google"] },
        taken: false,
      },
      { given: "an account elsewhere alone", upstreams: ["work"], taken: false },
      { given: "an account elsewhere beside another", upstreams: ["work", "google"], taken: true },
      { given: "what does not count itself", passkeys: 1, counted: none, taken: true },
    ] as readonly {
      given: string;
      about?: Partial<Account>;
      passkeys?: number;
      upstreams?: readonly string[];
      counted?: CountedWays;
      taken: boolean;
    }[]) {
      it(`${taken ? "takes" : "keeps"} ${given}`, async () => {
        const person = await aPerson(about, passkeys, upstreams);
        assert.equal(await person.take(person.ways[0], counted), taken);
        assert.equal(await person.take(person.ways[0], counted), false);
        const { account } = person;
        const left = [
          ...((await at.store.accounts.find(account.id))?.passwordHash ? ["password"] : []),
          ...(await at.store.passkeys.listOf(account.id)),
          ...(await at.store.identities.listOf(account.id)),
        ];
        assert.equal(left.length, person.ways.length - (taken ? 1 : 0));
      });
    }

    it("takes all but one of fifty that are taken at once", async () => {
      const { ways, take } = await aPerson({}, 50);
      let next = 0;
      const taken = await atOnce(50, () => take(ways[next++]));
      assert.equal(count(taken, true), 49);
    });

    it("takes nothing of another person, and nothing of nobody", async () => {
      const [one, other] = [await aPerson({}, 2), await aPerson({ passwordHash: "x" }, 2)];
      for (const way of one.ways) assert.equal(await other.take(way), false);
      assert.equal(await at.store.accounts.takeWayIn("acc_nobody", { kind: "password" }, none), false);
      assert.equal((await at.store.passkeys.listOf(one.account.id)).length, 2);
    });

    it("takes a password with the links that were mailed to set another", async () => {
      const { account, take } = await aPerson({ passwordHash: "x" }, 1);
      const proof = aMailedProof({ accountId: account.id, interactionId: null });
      await at.store.mailedProofs.put(proof);
      assert.equal(await take({ kind: "password" }), true);
      assert.equal(await at.store.mailedProofs.findByLink(proof.linkHash ?? ""), undefined);
    });
  });
}
