import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DeviceApproval, DeviceAuthorization } from "../../records/device-authorization.ts";
import type { Lineage } from "../../records/lineage.ts";
import { atOnce, count, type Opened } from "./place.ts";
import { aClient, aDevice, aHash, aLineage, anAccount, anApproval, fresh } from "./records.ts";

export function deviceCodesContract(at: Opened): void {
  describe("device codes", () => {
    const begin = async (given: Partial<DeviceAuthorization> = {}) => {
      const device = aDevice(given);
      assert.equal(await at.store.deviceCodes.begin(device), true);
      return device;
    };
    const approved = async (given: Partial<DeviceAuthorization> = {}, by: Partial<DeviceApproval> = {}) => {
      const device = await begin(given);
      const approval = anApproval({ clientId: device.clientId, ...by });
      assert.equal(await at.store.deviceCodes.approve(device.deviceCodeHash, approval, 1_100), true);
      const found = await at.store.deviceCodes.find(device.deviceCodeHash);
      assert.ok(found?.grantId);
      return { ...found, accountId: approval.accountId, grantId: found.grantId };
    };
    const earned = (
      device: DeviceAuthorization & { accountId: string; grantId: number },
      given: Partial<Lineage> = {},
    ) => {
      const { deviceCodeHash: codeHash, clientId, accountId, grantId, permissions, sid } = device;
      return aLineage({ codeHash, clientId, accountId, grantId, permissions, sid, ...given });
    };

    for (const [what, given] of [
      ["everything set", { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" }],
      ["nothing optional", { scopes: null, resources: [], userAgent: "" }],
    ] as const) {
      it(`gives a device with ${what} back as it began, by either code`, async () => {
        const device = await begin(given);
        assert.deepEqual(await at.store.deviceCodes.find(device.deviceCodeHash), device);
        assert.deepEqual(await at.store.deviceCodes.findByUserCode(device.userCode), device);
      });
    }

    it("finds nothing by a code that never was", async () => {
      assert.equal(await at.store.deviceCodes.find(aHash()), undefined);
      assert.equal(await at.store.deviceCodes.findByUserCode("NEVERWAS"), undefined);
    });

    it("[DEV-01] gives a user code to one device of a hundred that ask for it at once", async () => {
      const { userCode } = aDevice();
      const began = await atOnce(100, () => at.store.deviceCodes.begin(aDevice({ userCode })));
      assert.equal(count(began, true), 1);
    });

    for (const { given, polls, answers } of [
      { given: "the interval kept", polls: [100, 105, 110], answers: ["in time", "in time", "in time"] },
      { given: "a second lost on the way", polls: [100, 104], answers: ["in time", "in time"] },
      { given: "too early", polls: [100, 103], answers: ["in time", "early"] },
      {
        given: "five seconds more after slow_down",
        polls: [100, 101, 108, 109],
        answers: ["in time", "early", "early", "early"],
      },
      {
        given: "five seconds more kept",
        polls: [100, 101, 110, 120],
        answers: ["in time", "early", "in time", "in time"],
      },
      {
        given: "a minute kept by one that asked far too often",
        polls: [100, ...Array.from({ length: 30 }, () => 101), 158, 160],
        answers: ["in time", ...Array.from({ length: 30 }, () => "early"), "early", "in time"],
      },
    ]) {
      it(`[DEV-01] paces a device given ${given}`, async () => {
        const { deviceCodeHash } = await begin();
        const told: string[] = [];
        for (const time of polls) told.push(await at.store.deviceCodes.poll(deviceCodeHash, time));
        assert.deepEqual(told, answers);
      });
    }

    it("[DEV-01] takes one of twenty questions at once for the one in time, on two nodes", async () => {
      const [here, there] = [at.store, await at.place.open()];
      const { deviceCodeHash } = await begin();
      const told = await atOnce(20, (index) =>
        (index % 2 === 0 ? here : there).deviceCodes.poll(deviceCodeHash, 100),
      );
      assert.equal(count(told, "in time"), 1);
      assert.equal((await there.deviceCodes.find(deviceCodeHash))?.pollInterval, 60);
    });

    it("keeps the end that the person set with the approval, and how long it is remembered", async () => {
      const device = await approved({}, { accessEndsAt: 9_000 });
      assert.equal(device.accessEndsAt, 9_000);
      const grant = await at.store.grants.find(device.grantId);
      assert.deepEqual(
        grant?.limits?.map(({ scope, endsAt }) => [scope, endsAt]),
        [["calendar:read", 9_000]],
      );
      const open = await approved();
      assert.equal("accessEndsAt" in open, false);
      assert.equal((await at.store.grants.find(open.grantId))?.limits, undefined);
    });

    it("records an approval with its consent, and joins it into the grant that stands", async () => {
      const client = aClient({ kind: "self-registered" });
      await at.store.clients.add(client);
      const accountId = fresh("acc_");
      const mcp = "https://mcp.example.com";
      const before = await at.store.grants.consent(
        accountId,
        client.id,
        [{ resource: mcp, scopes: ["a"] }],
        900,
      );
      const permissions = [{ resource: mcp, scopes: ["b"] }];
      const device = await approved({ clientId: client.id }, { accountId, permissions });
      const { decision, sid, authenticatedAt, amr, grantId } = device;
      assert.deepEqual(
        { decision, sid, authenticatedAt, amr, grantId, permissions: device.permissions },
        {
          decision: "approved",
          sid: "sid_1",
          authenticatedAt: 990,
          amr: ["pwd"],
          grantId: before.id,
          permissions,
        },
      );
      const grant = await at.store.grants.find(before.id);
      assert.deepEqual(grant?.permissions, [{ resource: mcp, scopes: ["a", "b"] }]);
      assert.equal((await at.store.clients.find(client.id))?.lastAuthorizedAt, 1_100);
    });

    it("[XD-02] makes one decision of a hundred at once, and grants nothing to those that lost", async () => {
      const device = await begin();
      const people = Array.from({ length: 100 }, () => fresh("acc_"));
      const stood = await Promise.all(
        people.map((accountId, index) =>
          index % 2 === 0
            ? at.store.deviceCodes.approve(
                device.deviceCodeHash,
                anApproval({ accountId, clientId: device.clientId }),
                1_100,
              )
            : at.store.deviceCodes.deny(device.deviceCodeHash, accountId, 1_100),
        ),
      );
      assert.equal(count(stood, true), 1);
      const winner = stood.indexOf(true);
      const found = await at.store.deviceCodes.find(device.deviceCodeHash);
      assert.equal(found?.accountId, people[winner]);
      assert.equal(found?.decision, winner % 2 === 0 ? "approved" : "denied");
      const grants = await Promise.all(people.map((one) => at.store.grants.listOf(one)));
      assert.equal(grants.flat().length, winner % 2 === 0 ? 1 : 0);
    });

    it("decides nothing once it is denied, or has expired", async () => {
      const [denied, expired] = [await begin(), await begin({ expiresAt: 1_100 })];
      assert.equal(await at.store.deviceCodes.deny(denied.deviceCodeHash, "acc_1", 1_099), true);
      for (const { deviceCodeHash, clientId } of [denied, expired]) {
        const accountId = fresh("acc_");
        const approval = anApproval({ accountId, clientId });
        assert.equal(await at.store.deviceCodes.approve(deviceCodeHash, approval, 1_100), false);
        assert.equal(await at.store.deviceCodes.deny(deviceCodeHash, accountId, 1_100), false);
        assert.deepEqual(await at.store.grants.listOf(accountId), []);
      }
    });

    it("[DEV-01] yields one lineage when two nodes redeem one code fifty times each", async () => {
      const [here, there] = [at.store, await at.place.open()];
      const device = await approved();
      const outcomes = await atOnce(100, (index) =>
        (index % 2 === 0 ? here : there).deviceCodes.redeem(device.deviceCodeHash, earned(device), 1_110),
      );
      assert.equal(count(outcomes, "fresh"), 1);
      assert.equal((await there.lineages.listOf(device.grantId)).length, 1);
      assert.equal((await there.deviceCodes.find(device.deviceCodeHash))?.spentAt, 1_110);
      assert.equal(await here.lineages.endOfCode(device.deviceCodeHash, "code.replayed", 1_111), 1);
    });

    it("redeems nothing that nobody approved", async () => {
      const [waits, denied] = [await begin(), await begin()];
      await at.store.deviceCodes.deny(denied.deviceCodeHash, "acc_1", 1_100);
      for (const { deviceCodeHash } of [waits, denied, aDevice()]) {
        const lineage = aLineage({ codeHash: deviceCodeHash });
        assert.equal(await at.store.deviceCodes.redeem(deviceCodeHash, lineage, 1_110), "replayed");
        assert.equal(await at.store.lineages.find(lineage.id), undefined);
      }
    });

    it("leaves the code unspent when its lineage cannot be written", async () => {
      const [device, other] = [await approved(), await approved()];
      const taken = earned(other);
      await at.store.deviceCodes.redeem(other.deviceCodeHash, taken, 1_110);
      const clashing = earned(device, { id: taken.id });
      await assert.rejects(at.store.deviceCodes.redeem(device.deviceCodeHash, clashing, 1_110));
      assert.equal((await at.store.deviceCodes.find(device.deviceCodeHash))?.spentAt, null);
      assert.equal(await at.store.deviceCodes.redeem(device.deviceCodeHash, earned(device), 1_111), "fresh");
    });

    for (const [what, end] of [
      ["grant ends", ({ grantId }) => at.store.grants.end(grantId, 1_105)],
      ["client goes", ({ clientId }) => at.store.clients.remove(clientId, 1_105)],
      ["account is switched off", ({ accountId }) => at.store.accounts.setDisabled(accountId, 1_105)],
      [
        "person signs out of the client",
        ({ sid, clientId }) => at.store.sessions.signOut(aHash(), sid, clientId, 1_105),
      ],
    ] satisfies [string, (device: Awaited<ReturnType<typeof approved>>) => Promise<unknown>][]) {
      it(`lets nothing be fetched that was approved before its ${what}`, async () => {
        const client = aClient();
        const account = anAccount();
        await at.store.clients.add(client);
        await at.store.accounts.add(account);
        const about = { accountId: account.id, sid: fresh("sid_") };
        const [device, spent, stranger] = [
          await approved({ clientId: client.id }, about),
          await approved({ clientId: client.id }, about),
          await approved(),
        ];
        await at.store.deviceCodes.redeem(spent.deviceCodeHash, earned(spent), 1_102);
        await end(device);
        assert.equal(
          await at.store.deviceCodes.redeem(device.deviceCodeHash, earned(device), 1_110),
          "replayed",
        );
        assert.equal(
          await at.store.deviceCodes.redeem(stranger.deviceCodeHash, earned(stranger), 1_110),
          "fresh",
        );
        assert.ok(await at.store.deviceCodes.find(spent.deviceCodeHash), "a spent code stays recognised");
      });
    }
  });
}
