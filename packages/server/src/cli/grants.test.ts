import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { spec } from "../testing/spec.ts";
import { aRunningServer } from "./testing/a-configured.ts";
import { facts } from "./testing/a-process.ts";
import { type Devices, someDevices } from "./testing/devices.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

const mcp = "https://mcp.example.com/mcp";

describe("valetkey grants", () => {
  let folder: string;
  let devices: Devices;

  before(async () => {
    const server = await aRunningServer("refresh:\n  grace: 0s\n");
    ({ folder } = server);
    devices = await someDevices(server, ["app", "other"], ["ada@example.com", "bob@example.com"]);
  });

  const refreshed = (client: string, token: string) => devices.refresh(token, client);
  const device = (email: string, client?: string) => devices.signIn(email, client);

  const grantOf = async (email: string, client: string) => {
    const [grant] = await factsOf(folder, ["grants", "list", "--account", email, "--client", client]);
    return grant;
  };

  spec("I2-CLI", "lists and shows devices, and ends one of them at the running server", async () => {
    const [lost, kept] = [await device("ada@example.com"), await device("ada@example.com")];
    const { body } = await refreshed("app", kept);
    const grant = await grantOf("ada@example.com", "app");
    assert.equal(grant.lineages_alive, 2);
    assert.deepEqual(grant.permissions, [{ resource: mcp, scope: "files:read" }]);

    // The real binary, once: the others answer the same in this process.
    const shown = await facts(folder, ["grants", "show", String(grant.grant_id)]);
    const [first, second] = shown.lineages;
    assert.deepEqual([first.generation, second.generation], [1, 2]);
    assert.deepEqual([first.state, first.user_agent], ["alive", "agent of ada@example.com"]);
    assert.ok(first.sid !== second.sid);
    assert.ok(!JSON.stringify(shown).includes("secret"));

    await factsOf(folder, ["grants", "end-lineage", String(first.lineage_id)]);
    assert.equal((await refreshed("app", lost)).body.error, "invalid_grant");
    assert.equal((await refreshed("app", body.refresh_token)).status, 200);
    const after = await inProcess(folder, ["grants", "show", String(grant.grant_id)]);
    assert.match(after.stdout, new RegExp(`^Lineage +${first.lineage_id}, ended .*: revoked$`, "m"));
    assert.match(after.stdout, /event +.* lineage\.revoked: by the command line/);
    const twice = await inProcess(folder, ["grants", "end-lineage", String(first.lineage_id)]);
    assert.deepEqual([twice.status, twice.stdout], [2, ""]);
    assert.match(twice.stderr, /ended already.*revoked/);
  });

  it("ends a grant: the next refresh is refused, introspection's row is ended, and it still can be shown", async () => {
    const token = await device("bob@example.com");
    const { grant_id } = await grantOf("bob@example.com", "app");
    const ended = await factsOf(folder, ["grants", "end", String(grant_id)]);
    assert.equal(ended.lineages_ended, 1);
    assert.equal((await refreshed("app", token)).body.error, "invalid_grant");
    assert.equal(await grantOf("bob@example.com", "app"), undefined);
    const shown = await factsOf(folder, ["grants", "show", String(grant_id)]);
    assert.equal(shown.ended, true);
    assert.equal(shown.lineages[0].end_reason, "grant.ended");
  });

  it("tells of the reuse that ended a lineage", async () => {
    const token = await device("bob@example.com", "other");
    const { grant_id } = await grantOf("bob@example.com", "other");
    const second = (await refreshed("other", token)).body.refresh_token;
    await refreshed("other", second);
    await pause(1_100);
    assert.equal((await refreshed("other", token)).body.error, "invalid_grant");
    // The server writes its audit log behind the answers.
    const show = async () => (await factsOf(folder, ["grants", "show", String(grant_id)])).lineages[0];
    let lineage = await show();
    for (let turn = 0; turn < 100 && lineage.events.length < 2; turn++) {
      await pause(50);
      lineage = await show();
    }
    assert.deepEqual([lineage.generation, lineage.end_reason], [3, "refresh.replayed"]);
    const told = lineage.events.map(({ what, detail }: { what: string; detail: string | null }) => [
      what,
      detail,
    ]);
    assert.deepEqual(told, [
      ["lineage.began", null],
      ["refresh.replayed", "generation 1, the lineage stands at 3"],
    ]);
  });

  it("ends all of an account and all of a client, and only with --yes", async () => {
    const [mine, others] = [await device("ada@example.com", "other"), await device("bob@example.com")];
    const refused = await inProcess(folder, ["grants", "end-all", "--account", "ada@example.com"]);
    assert.deepEqual([refused.status, refused.stdout], [2, ""]);
    assert.match(refused.stderr, /^--yes: is needed/);
    const ada = await factsOf(folder, ["grants", "end-all", "--account", "ada@example.com", "--yes"]);
    assert.equal(ada.grants_ended, 2);
    assert.equal((await refreshed("other", mine)).body.error, "invalid_grant");
    assert.equal((await refreshed("app", others)).status, 200);
    const app = await factsOf(folder, ["grants", "end-all", "--client", "app", "--yes"]);
    assert.equal(app.grants_ended, 1);
    assert.equal((await refreshed("app", others)).body.error, "invalid_grant");
  });

  it("pages", async () => {
    await device("ada@example.com", "other");
    await device("ada@example.com", "app");
    const all = await factsOf(folder, ["grants", "list"]);
    assert.ok(all.length >= 2);
    const first = await inProcess(folder, ["grants", "list", "--limit", "1"]);
    assert.match(first.stdout, new RegExp(`More: the same with --after ${all[0].grant_id}\n`));
    const [next] = await factsOf(folder, [
      "grants",
      "list",
      "--limit",
      "1",
      "--after",
      String(all[0].grant_id),
    ]);
    assert.deepEqual(next, all[1]);
  });

  it("ends every grant of a client that has more of them than one page, and says each time who did it", async () => {
    const store = await sqliteStore(join(folder, "valetkey-data", "valetkey.sqlite"));
    const people = Array.from({ length: 1_001 }, (_, index) => `acc_${index}`);
    await Promise.all(people.map((one) => store.grants.consent(one, "wide", [], 1_000)));
    const { grants_ended } = await factsOf(folder, ["grants", "end-all", "--client", "wide", "--yes"]);
    assert.equal(grants_ended, 1_001);
    assert.deepEqual(await store.grants.page({ clientId: "wide", after: 0, limit: 1 }), []);
    const told = (await store.journal.events(1_000)).filter(({ detail }) => detail?.includes("command line"));
    await store.close();
    const of = (what: string) => told.filter((event) => event.what === what);
    assert.deepEqual([of("grants.ended")[0]?.clientId, of("grants.ended").length], ["wide", 3]);
    assert.match(of("grants.ended")[0]?.detail ?? "", /^1001 grants, by the command line/);
    assert.ok(of("grant.ended")[0]?.grantId && of("grant.ended")[0]?.accountId?.startsWith("acc_"));
    assert.ok(of("lineage.revoked")[0]?.lineageId);
  });

  for (const { args, faults } of [
    {
      args: ["list", "--limit", "0", "--after", "x"],
      faults: [/^--limit 0: is a number/, /^--after x: is a/],
    },
    {
      args: ["list", "--account", "nobody@example.com"],
      faults: [/^There is no account nobody@example\.com/],
    },
    {
      args: ["show", "seventeen"],
      faults: [/^ID seventeen: is not a number, e\.g\. valetkey grants show 17/],
    },
    { args: ["show", "999999"], faults: [/^There is no grant 999999/] },
    { args: ["end", "999999"], faults: [/^There is no grant 999999/] },
    { args: ["end-lineage", "999999999"], faults: [/^There is no lineage 999999999/] },
    { args: ["end-all"], faults: [/^--client: or --account is needed/, /^--yes: is needed/] },
    {
      args: ["end-all", "--client", "nobody", "--yes"],
      faults: [/^There is no client nobody, and no grant/],
    },
  ]) {
    spec("I2-FAULTS", `names every fault of grants ${args.join(" ")}`, async () => {
      const { status, stdout, stderr } = await inProcess(folder, ["grants", ...args]);
      assert.deepEqual([status, stdout], [2, ""]);
      const told =
        stderr
          .split("\n\n")[0]
          ?.split("\n")
          .filter((line) => !line.startsWith("Working on")) ?? [];
      assert.equal(told.length, faults.length, stderr);
      faults.forEach((fault, at) => {
        assert.match(told[at] ?? "", fault);
      });
    });
  }
});
