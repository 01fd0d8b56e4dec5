import assert from "node:assert/strict";
import { describe } from "node:test";
import { spec } from "../../packages/server/src/testing/spec.ts";
import type { Answered, Caller } from "./ask.ts";
import { type HeldCode, redemption, refreshing, seedCodes } from "./parties.ts";
import { type Place, places } from "./places.ts";

async function aCode({ store, parties }: Place): Promise<HeldCode> {
  const [code] = await seedCodes(store, parties, 1);
  assert.ok(code);
  return code;
}

async function lineagesOf({ store, parties }: Place, code: HeldCode) {
  return (await store.lineages.listOf(parties.grant.id)).filter(({ codeHash }) => codeHash === code.hash);
}

const sorted = (answers: readonly Answered[]) => answers.map(({ status }) => status).toSorted();

for (const { name, open } of places) {
  describe(`a code, ${name}`, () => {
    spec(
      ["I2-IN-FLIGHT", "O21-AS-24", "O21-AS-25"],
      "redeemed fifty times at once gives tokens once, and one lineage, ended",
      async (t) => {
        const place = await open(t);
        for (let round = 0; round < 3; round++) {
          const code = await aCode(place);
          const form = redemption(place.parties, code);
          const all = await Promise.all(
            Array.from({ length: 50 }, (_, index) =>
              (place.callers[index % place.callers.length] ?? place.callers[0]).token(form),
            ),
          );
          assert.deepEqual(sorted(all), [200, ...Array(49).fill(400)]);
          for (const { status, json } of all)
            assert.equal(json.error, status === 200 ? undefined : "invalid_grant");
          const [lineage, ...others] = await lineagesOf(place, code);
          assert.deepEqual(others, []);
          assert.equal(lineage?.endReason, "code.replayed");
          const winner = all.find(({ status }) => status === 200)?.json.refresh_token ?? "";
          for (const caller of place.callers) {
            const { status, json } = await caller.token(refreshing(place.parties, winner));
            assert.deepEqual([status, json.error], [400, "invalid_grant"]);
          }
        }
      },
    );

    spec(
      ["I2-IN-FLIGHT", "I2-DURABLE", "O21-AS-25"],
      "replayed while its first redemption is in flight: nobody is answered before the commit, then one lineage, ended",
      async (t) => {
        const place = await open(t);
        const code = await aCode(place);
        const form = redemption(place.parties, code);
        const answers: Answered[] = [];
        const redeem = async (caller: Caller) => void answers.push(await caller.token(form));
        await place.commits.hold();
        const one = redeem(place.callers[0]);
        await place.commits.waiting(1);
        const two = redeem(place.callers[1] ?? place.callers[0]);
        if (place.callers[1]) await place.commits.waiting(2);
        for (const caller of place.callers) assert.equal((await caller.ask({ path: "/jwks" })).status, 200);
        assert.deepEqual(answers, []);
        await place.commits.go();
        await Promise.all([one, two]);
        assert.deepEqual(sorted(answers), [200, 400]);
        const [lineage, ...others] = await lineagesOf(place, code);
        assert.deepEqual(others, []);
        assert.equal(lineage?.endReason, "code.replayed");
      },
    );

    spec(
      ["I2-DURABLE", "O21-AS-24"],
      "whose commit fails: 500 or 503 without a token, nothing stands, and it can be redeemed",
      async (t) => {
        const place = await open(t);
        const code = await aCode(place);
        const form = redemption(place.parties, code);
        await place.commits.fail();
        const failed = await place.callers[0].token(form);
        assert.ok(failed.status === 500 || failed.status === 503, `${failed.status}`);
        assert.match(failed.json.error, /^(server_error|temporarily_unavailable)$/);
        assert.doesNotMatch(failed.text, /access_token|refresh_token|disk|commit/);
        await place.commits.go();
        assert.equal((await place.store.codes.find(code.hash))?.spentAt, null);
        assert.deepEqual(await lineagesOf(place, code), []);
        assert.equal((await place.callers[0].token(form)).status, 200);
      },
    );

    spec(
      ["I2-DURABLE", "I2-REFRESH"],
      "and a refresh whose commit hangs or fails: no token leaves before it returns, and none is consumed",
      async (t) => {
        const place = await open(t);
        const [caller] = place.callers;
        const began = await caller.token(redemption(place.parties, await aCode(place)));
        const form = refreshing(place.parties, began.json.refresh_token);
        await place.commits.fail();
        const failed = await caller.token(form);
        assert.ok(failed.status === 500 || failed.status === 503, `${failed.status}`);
        assert.doesNotMatch(failed.text, /access_token|refresh_token/);
        await place.commits.hold();
        const answers: Answered[] = [];
        const held = caller.token(form).then((answer) => answers.push(answer));
        await place.commits.waiting(1);
        assert.equal((await caller.ask({ path: "/jwks" })).status, 200);
        assert.equal(answers.length, 0);
        await place.commits.go();
        await held;
        assert.equal(answers[0]?.status, 200);
        const again = await caller.token(form);
        assert.equal(again.json.refresh_token, answers[0]?.json.refresh_token);
      },
    );
  });
}
