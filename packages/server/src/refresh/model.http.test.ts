import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import fc from "fast-check";
import type { Client } from "../records/client.ts";
import { post, type TokenAnswer } from "../testing/a-login.ts";
import { claimsOf, device, introspect } from "../testing/a-program.ts";
import { api } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { aFleet, type Fleet } from "./testing/a-fleet.ts";
import { Chronicle } from "./testing/chronicle.ts";
import { seeded } from "./testing/seeded.ts";

const scope = "inference:read training:write";
let fleet: Fleet;
let lastPerson = 0;

/** What is known of one lineage, all of it from answers. */
interface World {
  story: Chronicle;
  /** Every refresh token ever given, oldest first, with its generation. */
  readonly held: { readonly generation: number; readonly token: string }[];
  given: Map<number, string>;
  readonly access: string[];
  hasRole: boolean;
  isDisabled: boolean;
  isWithdrawn: boolean;
  isRemoved: boolean;
  backup: { readonly story: Chronicle; readonly given: ReadonlyMap<number, string> } | undefined;
}

interface Device {
  readonly client: Client;
  readonly accountId: string;
  readonly grantId: number;
  readonly lineageId: number;
}

type Step = fc.AsyncCommand<World, Device>;

function step(name: string, run: (world: World, device: Device) => Promise<unknown>): Step {
  return {
    check: () => true,
    run: async (world, real) => void (await run(world, real)),
    toString: () => name,
  };
}

const now = () => fleet.nodes[0].clock.now();

function ask(node: number, { client }: Device, token: string, more: Readonly<Record<string, string>> = {}) {
  const form = { grant_type: "refresh_token", client_id: client.id, refresh_token: token, ...more };
  return post(fleet.nodes[node % 2] ?? fleet.nodes[0], "/token", form);
}

function chosen(world: World, back: number) {
  return world.held.at(-1 - (back % world.held.length)) ?? assert.fail();
}

/** One token, from several callers at once, on both nodes; perhaps one answer is lost after its commit. */
function refresh(back: number, copies: number, isLost: boolean): Step {
  return step(`refresh(${back}, ${copies}${isLost ? ", lost" : ""})`, async (world, real) => {
    const { generation, token } = chosen(world, back);
    for (const store of fleet.stores) store.loseNext(isLost);
    const answers = await Promise.all(Array.from({ length: copies }, (_, index) => ask(index, real, token)));
    for (const store of fleet.stores) store.loseNext(false);
    const whole = answers.filter(({ status }) => status !== 503);
    if (!isLost) assert.equal(whole.length, copies, "nobody is told to try again");
    // What a lost answer did is found out by asking again, which any client would.
    if (isLost && whole.length === 0) whole.push(await ask(1, real, token));
    for (const answer of whole) judge(world, generation, answer);
  });
}

/** What everyone hears once client, account, consent or lineage is gone. */
function deadAnswer(world: World): readonly [number, string] | undefined {
  if (world.isRemoved) return [401, "invalid_client"];
  return world.story.isEnded || world.isDisabled || world.isWithdrawn ? [400, "invalid_grant"] : undefined;
}

function judge(world: World, presented: number, { status, body }: TokenAnswer): void {
  const dead = deadAnswer(world);
  if (dead) {
    assert.deepEqual([status, body.error], dead);
    return;
  }
  const verdicts = world.story.verdicts(presented, now());
  const verdict =
    verdicts.find((one) => (one === "replay") === (status === 400)) ?? assert.fail(`${verdicts}`);
  const generation = world.story.apply(verdict, presented, now());
  if (generation === undefined) {
    assert.deepEqual([status, body.error], [400, "invalid_grant"]);
    return;
  }
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(
    body.refresh_token,
    world.given.get(generation) ?? body.refresh_token,
    "one token a generation",
  );
  world.given.set(generation, body.refresh_token);
  if (!world.held.some(({ token }) => token === body.refresh_token))
    world.held.push({ generation, token: body.refresh_token });
  world.access.push(body.access_token);
  assert.equal(body.scope, world.hasRole ? scope : "inference:read", "every answer is judged anew");
}

const beyond = (back: number): Step =>
  step(`invalid target(${back})`, async (world, real) => {
    const { generation, token } = chosen(world, back);
    const { status, body } = await ask(0, real, token, { resource: "https://other.example.com" });
    const dead = deadAnswer(world);
    const verdicts = dead ? [] : world.story.verdicts(generation, now());
    // A replay is a replay, whatever else is wrong; what is not moves nothing.
    const isReplay = verdicts.includes("replay") && (verdicts.length === 1 || body.error === "invalid_grant");
    assert.deepEqual([status, body.error], dead ?? [400, isReplay ? "invalid_grant" : "invalid_target"]);
    if (isReplay) world.story.end();
  });

const wait = (seconds: number): Step =>
  step(`wait(${seconds})`, async () => {
    for (const node of fleet.nodes) node.clock.advance(seconds);
  });

function revoke(back: number, isRacing: boolean): Step {
  return step(`revoke(${back}${isRacing ? ", racing" : ""})`, async (world, real) => {
    const { token } = chosen(world, back);
    const form = { client_id: real.client.id, token };
    const racer = isRacing ? ask(1, real, chosen(world, 0).token) : undefined;
    const [answer, raced] = await Promise.all([post(fleet.nodes[0], "/revoke", form), racer]);
    assert.equal(answer.status, world.isRemoved ? 401 : 200);
    if (world.isRemoved) return;
    world.story.end();
    if (raced?.status === 200) {
      world.access.push(raced.body.access_token);
      world.held.push({ generation: world.story.generation + 1, token: raced.body.refresh_token });
    }
  });
}

const role = (hasRole: boolean): Step =>
  step(hasRole ? "give role" : "lose role", async (world, { accountId }) => {
    await fleet.nodes[0].store.accounts.setRoles(accountId, hasRole ? ["trainer"] : []);
    world.hasRole = hasRole;
  });

const disable = step("disable account", async (world, { accountId }) => {
  const { accounts } = fleet.nodes[0].store;
  await accounts.setDisabled(accountId, now());
  world.isDisabled = true;
  world.story.end();
});

const withdraw = step("withdraw consent", async (world, { grantId }) => {
  await fleet.nodes[0].store.grants.end(grantId, now());
  world.isWithdrawn = true;
  world.story.end();
});

const remove = step("remove client", async (world, { client }) => {
  await fleet.nodes[1].store.clients.remove(client.id, now());
  world.isRemoved = true;
  world.story.end();
});

const backUp = step("back up", async (world, { lineageId }) => {
  await fleet.execute(`CREATE TABLE IF NOT EXISTS backup AS SELECT * FROM lineage WHERE 0;
    DELETE FROM backup; INSERT INTO backup SELECT * FROM lineage WHERE id = ${lineageId}`);
  world.backup = { story: world.story.copy(), given: new Map(world.given) };
});

const restore: Step = {
  check: ({ backup }) => backup !== undefined,
  async run(world, { lineageId }) {
    if (!world.backup) return;
    await fleet.execute(`BEGIN; DELETE FROM lineage WHERE id = ${lineageId};
      INSERT INTO lineage SELECT * FROM backup; COMMIT`);
    world.story = world.backup.story.copy();
    world.given = new Map(world.backup.given);
  },
  toString: () => "restore",
};

const back = fc.oneof({ weight: 20, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.nat(40) });
const isRare = fc.nat(9).map((one) => one === 0);
const steps = fc.commands(
  [
    fc.oneof(
      {
        weight: 40,
        arbitrary: fc.tuple(back, fc.integer({ min: 1, max: 3 }), isRare).map((of) => refresh(...of)),
      },
      { weight: 14, arbitrary: fc.constantFrom(1, 60, 120, 121, 128, 200, 86_400, 604_800).map(wait) },
      { weight: 3, arbitrary: back.map(beyond) },
      { weight: 4, arbitrary: fc.boolean().map(role) },
      { weight: 6, arbitrary: fc.constantFrom(backUp, restore) },
      { weight: 2, arbitrary: fc.tuple(back, fc.boolean()).map((of) => revoke(...of)) },
      { weight: 1, arbitrary: fc.constantFrom(disable, withdraw, remove) },
    ),
  ],
  { maxCommands: 60, size: "max" },
);

async function aDevice() {
  const [first] = fleet.nodes;
  lastPerson += 1;
  const email = `person-${lastPerson}@example.com`;
  const person = await first.person({ email, roles: ["trainer"] });
  const client = await first.client();
  const tokens = await device(first, client, { resource: api, scope }, email);
  const lineageId = Number(claimsOf(tokens.access_token).lineage);
  const grant = await first.store.grants.findFor(person.id, client.id);
  assert.ok(grant);
  const model: World = {
    story: new Chronicle(first.settings.refresh, now()),
    held: [{ generation: 1, token: tokens.refresh_token }],
    given: new Map([[1, tokens.refresh_token]]),
    access: [tokens.access_token],
    hasRole: true,
    isDisabled: false,
    isWithdrawn: false,
    isRemoved: false,
    backup: undefined,
  };
  return { model, real: { client, accountId: person.id, grantId: grant.id, lineageId } };
}

/** A dead lineage stays dead: no token of it refreshes, no access token of it is good. */
async function requireEnd(world: World, real: Device): Promise<void> {
  if (!world.story.isEnded) return;
  for (const { generation, token } of world.held)
    judge(world, generation, await ask(generation, real, token));
  for (const token of world.access.slice(-3))
    assert.deepEqual((await introspect(fleet.nodes[1], fleet.lookout, token)).body, { active: false });
}

describe("any interleaving over HTTP, two nodes on one SQLite file, in the middle of a change of keys", () => {
  before(async () => {
    fleet = await aFleet();
  });
  after(() => fleet.close());

  spec(
    ["P-2", "I2-REFRESH", "I2-ROLES", "O21-AS-29"],
    "is answered as a memory that forgets nothing would",
    async (context) => {
      const property = fc.asyncProperty(steps, async (commands) => {
        const world = await aDevice();
        await fc.asyncModelRun(() => world, commands);
        await requireEnd(world.model, world.real);
      });
      await fc.assert(property, seeded(context, 30));
    },
  );
});
