import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openKeys } from "../adapters/keys/keys.ts";
import { KeyRing, newRingKey } from "../adapters/keys/ring.ts";
import { requireKeysInUse, requireSameRing } from "../adapters/keys/same-ring.ts";
import { otpauthPasswords } from "../adapters/one-time-passwords/otpauth.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { AnApp } from "../testing/an-app.ts";
import { RecordedAudit } from "../testing/recorded-audit.ts";
import { StoppedClock } from "../testing/stopped-clock.ts";
import { newAccount } from "./new-account.ts";
import {
  confirmOneTimePassword,
  newOneTimePassword,
  removeOneTimePassword,
  shownOneTimePassword,
} from "./one-time-passwords.ts";
import { newRecoveryCodes } from "./recovery-codes.ts";

const now = 1_800_000_000;
const about = { address: "203.0.113.9", now };
const person = (email: string) => newAccount({ email, name: "", passwordHash: null, roles: [] }, 0);
const [ada, bob] = [person("ada@example.com"), person("bob@example.com")];

const aPasskey = {
  ...{ id: "pk", publicKey: "", counter: 0, transports: [], name: "", aaguid: "", isSynced: true },
  ...{ createdAt: 0, lastUsedAt: null },
};

async function aPlace(ring = new KeyRing([newRingKey()])) {
  const store = await sqliteStore(":memory:");
  for (const account of [ada, bob]) await store.accounts.add(account);
  const rotation = { every: 90 * 86_400, publishAhead: 86_400, keepAfter: 2 * 86_400 };
  const keys = await openKeys({ ring, store, clock: new StoppedClock(now), rotation });
  const context = { store, keys, oneTimePasswords: otpauthPasswords, audit: new RecordedAudit() };
  return { ...context, context };
}

function appOf({ context }: Awaited<ReturnType<typeof aPlace>>, newSecret: string): AnApp {
  return new AnApp(shownOneTimePassword(context, ada, newSecret, "Example")?.secret ?? "");
}

describe("one-time passwords", () => {
  it("are kept only when a code shows that the app has the secret", async () => {
    const place = await aPlace();
    const { context, store, audit } = place;
    const newSecret = newOneTimePassword(context, ada.id);
    const app = appOf(place, newSecret);
    const confirm = (code: string) => confirmOneTimePassword(context, ada.id, { newSecret, code }, about);
    assert.equal(await confirm("000000"), "wrong");
    assert.equal(await confirm(app.codeAt(now - 90)), "wrong");
    assert.equal(await store.oneTimePasswords.find(ada.id), undefined);
    assert.equal(await confirm(app.codeAt(now)), "on");
    assert.equal((await store.oneTimePasswords.find(ada.id))?.lastStep, now / 30);
    assert.equal(await confirm(app.codeAt(now)), "taken");
    assert.deepEqual(
      audit.events.map(({ what }) => what),
      ["second-factor.added"],
    );
    await store.close();
  });

  it("are not set up with a secret that was shown to somebody else, or that nobody was shown", async () => {
    const place = await aPlace();
    const { context, store } = place;
    const newSecret = newOneTimePassword(context, ada.id);
    const code = appOf(place, newSecret).codeAt(now);
    assert.equal(shownOneTimePassword(context, bob, newSecret, "Example"), undefined);
    const [keyId = "", sealed = ""] = newSecret.split(".");
    const junk = ["", "x", `.${sealed}`, `${keyId}.`, `${keyId}.${sealed}.`, `${keyId}.${sealed.slice(2)}`];
    for (const given of [newSecret, ...junk])
      assert.equal(await confirmOneTimePassword(context, bob.id, { newSecret: given, code }, about), "wrong");
    // Of a key that this node does not have, as another may.
    const other = { newSecret: `00000000.${sealed}`, code };
    const word = confirmOneTimePassword(context, bob.id, other, about);
    await assert.rejects(word, { code: "temporarily_unavailable", refusal: "token.ring-key-unknown" });
    await store.close();
  });

  it("are not set up with the sealed secret of those that stand", async () => {
    const place = await aPlace();
    const { context, store } = place;
    const newSecret = newOneTimePassword(context, ada.id);
    const app = appOf(place, newSecret);
    await confirmOneTimePassword(context, ada.id, { newSecret, code: app.codeAt(now) }, about);
    const { keyId, sealedSecret } = (await store.oneTimePasswords.find(ada.id)) ?? {};
    assert.equal(shownOneTimePassword(context, ada, `${keyId}.${sealedSecret}`, "Example"), undefined);
    await store.close();
  });

  it("go with their recovery codes, unless passkeys are left that these stand in for", async () => {
    for (const keeps of [false, true]) {
      const place = await aPlace();
      const { context, store } = place;
      assert.equal(await removeOneTimePassword(context, ada.id, about), false);
      if (keeps) await store.passkeys.add({ ...aPasskey, accountId: ada.id });
      const newSecret = newOneTimePassword(context, ada.id);
      const code = appOf(place, newSecret).codeAt(now);
      await confirmOneTimePassword(context, ada.id, { newSecret, code }, about);
      await newRecoveryCodes(context, ada.id, about);
      assert.equal(await removeOneTimePassword(context, ada.id, about), true);
      assert.equal(await store.recoveryCodes.left(ada.id), keeps ? 10 : 0);
      await store.close();
    }
  });

  it("[OTP-02] let no node start without the key that seals one", async () => {
    const [old, young] = [newRingKey(), newRingKey()];
    const place = await aPlace(new KeyRing([old]));
    const { context, store } = place;
    const both = new KeyRing([young, old]);
    await requireSameRing(both, store.settings);
    const start = (ring: KeyRing) => requireKeysInUse(ring, store, now);
    await start(new KeyRing([young]));
    const newSecret = newOneTimePassword(context, ada.id);
    const code = appOf(place, newSecret).codeAt(now);
    await confirmOneTimePassword(context, ada.id, { newSecret, code }, about);
    await start(both);
    await assert.rejects(start(new KeyRing([young])), { name: "KeyRingError", message: /sealed by/ });
    await store.close();
  });
});

describe("new recovery codes", () => {
  it("[OTP-04] take the place of all that there were, and are nowhere else but in what was returned", async () => {
    const { context, store, audit } = await aPlace();
    const first = await newRecoveryCodes(context, ada.id, about);
    const second = await newRecoveryCodes(context, ada.id, about);
    assert.equal(new Set([...first, ...second]).size, 20);
    assert.equal(await store.recoveryCodes.left(ada.id), 10);
    for (const code of second) assert.ok(!audit.text.includes(code));
    await store.close();
  });
});
