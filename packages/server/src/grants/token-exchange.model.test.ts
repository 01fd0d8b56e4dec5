import assert from "node:assert/strict";
import { describe } from "node:test";
import fc from "fast-check";
import { everyone } from "../records/role.ts";
import { seeded } from "../refresh/testing/seeded.ts";
import { aDelegation, aMachineSubject, aSubject, exchange, front } from "../testing/a-delegation.ts";
import {
  type ActorRules,
  DelegationModel,
  type Node,
  places,
  scopes,
} from "../testing/a-delegation-model.ts";
import { post } from "../testing/a-login.ts";
import { basic, claimsOf, introspect } from "../testing/a-program.ts";
import { api, mcp } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const [ask, train, use] = scopes;
const actors: readonly ActorRules[] = [
  { id: "a0", serves: [front], actsAt: places, ceiling: undefined },
  { id: "a1", serves: places, actsAt: [api], ceiling: undefined },
  { id: "a2", serves: [api, mcp], actsAt: places, ceiling: [ask, use] },
];

const index = fc.nat({ max: 20 });
/** Left out mostly: `weight` times in `weight` and four. */
function sometimes<T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight, arbitrary });
}

const step = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.record({
      do: fc.constant("exchange" as const),
      // Late ones more often than the first two, so that chains grow.
      back: index,
      actor: fc.nat({ max: 2 }),
      target: sometimes(2, fc.constantFrom(...places)),
      scopes: sometimes(1, fc.subarray([...scopes], { minLength: 1 })),
      // One more often than the others, so that it comes to act for what it was pinned to.
      mayAct: sometimes(2, fc.constantFrom("a0", "a1", "a1", "a1", "a2")),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("revoke" as const), back: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("end lineage" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("switch off" as const), actor: fc.nat({ max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("trainer" as const), has: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("front trains" as const), has: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cut the machine" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.nat({ max: 150 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Tally {
  granted: number;
  refused: number;
  /** Exchanges of a token whose actor was pinned. */
  pinned: number;
  deepest: number;
}

/** One run on a server of its own, beside the model; every answer and every token is compared after every step. */
async function run(steps: readonly Step[], tally: Tally) {
  const { server, app, actor, lookout } = await aDelegation({
    settings: { tokenExchange: { depth: 3 } },
  });
  const account = await server.person({ roles: ["trainer"] });
  const clients = new Map<string, Awaited<ReturnType<typeof actor>>>();
  for (const { id, serves, actsAt, ceiling } of actors) {
    clients.set(id, await actor(id, { introspects: serves, actsAt, scope: ceiling ?? null }));
  }
  const machine = await actor("job", { grantTypes: ["client_credentials"], scope: [ask, train] });
  clients.set("job", machine);
  clients.set(app.id, app);
  const model = new DelegationModel(server.clock.now(), 3);
  const first = {
    parent: undefined,
    audience: front,
    expiresAt: model.now + 600,
    actors: [],
    mayAct: undefined,
  };
  const tokens: { readonly node: Node; readonly token: string }[] = [
    {
      node: { ...first, root: "person", owner: app.id, scopes: [ask, train, use], isRevoked: false },
      token: await aSubject(server, app, { scope: scopes.join(" ") }),
    },
    {
      // The default of the front, which is all that a machine gets that asks for no scope.
      node: { ...first, root: "machine", owner: "job", scopes: [ask], isRevoked: false },
      token: await aMachineSubject(server, machine),
    },
  ];
  const chosen = (back: number) => tokens.at(-1 - (back % tokens.length)) ?? assert.fail();
  const lineage = Number(claimsOf(tokens[0]?.token ?? "").lineage);
  const clientOf = (id: string) => clients.get(id) ?? assert.fail();
  const { allows } = (await server.store.roles.list()).find(({ name }) => name === everyone) ?? assert.fail();

  async function take(one: Step): Promise<void> {
    if (one.do === "exchange") {
      const { node, token } = chosen(one.back);
      const rules = actors[one.actor] ?? assert.fail();
      const made = model.exchange(node, rules, one);
      const more = { resource: one.target, scope: one.scopes?.join(" "), may_act: one.mayAct };
      const { status, body } = await exchange(server, clientOf(rules.id), token, more);
      const told = `${JSON.stringify(one)}: ${JSON.stringify(body)} ${server.audit.lastRefusal}`;
      assert.equal(status === 200, made !== undefined, told);
      if (!made) return void tally.refused++;
      tally.granted++;
      if (node.mayAct !== undefined) tally.pinned++;
      tally.deepest = Math.max(tally.deepest, made.actors.length);
      tokens.push({ node: made, token: body.access_token });
      compare(made, token, body.access_token);
    } else if (one.do === "revoke") {
      const { node, token } = chosen(one.back);
      const holder = clientOf(node.actors[0] ?? node.owner);
      const form = holder.secrets.length > 0 ? { token } : { token, client_id: holder.id };
      const headers = holder.secrets.length > 0 ? basic(holder.id, holder.secret) : {};
      const { status } = await post(server, "/revoke", form, headers);
      // Who is switched off is nobody here; its tokens are dead as they are.
      assert.equal(status, model.off.has(holder.id) ? 401 : 200);
      if (status === 200) node.isRevoked = true;
    } else if (one.do === "end lineage") {
      await server.store.lineages.end(lineage, "revoked", model.now);
      model.hasLineage = false;
    } else if (one.do === "switch off") {
      const { id } = actors[one.actor] ?? assert.fail();
      await server.store.clients.replace({ ...clientOf(id), disabledAt: model.now });
      model.off.add(id);
    } else if (one.do === "trainer") {
      await server.store.accounts.setRoles(account.id, one.has ? ["trainer"] : []);
      model.isTrainer = one.has;
    } else if (one.do === "front trains") {
      const left = allows.filter(({ resource, scope }) => one.has || resource !== front || scope !== train);
      await server.store.roles.put({ name: everyone, description: "Every account", allows: left });
      model.frontTrains = one.has;
    } else if (one.do === "cut the machine") {
      await server.store.clients.replace({ ...machine, scope: [train] });
      model.machineCeiling = [train];
    } else {
      server.clock.advance(one.seconds);
      model.now += one.seconds;
    }
  }

  /** The claims against the model, and the child against its parent as the two say it themselves. */
  function compare(made: Node, parentToken: string, token: string): void {
    const [parent, child] = [claimsOf(parentToken), claimsOf(token)];
    const chain: string[] = [];
    for (let act = child.act as { sub: string; act?: never } | undefined; act; act = act.act) {
      chain.push(act.sub);
    }
    assert.deepEqual(chain, made.actors);
    assert.deepEqual(String(child.scope).split(" "), made.scopes);
    assert.deepEqual(
      [child.aud, child.exp, child.sub, child.client_id, child.origin_client_id],
      [made.audience, made.expiresAt, parent.sub, made.actors[0], made.owner],
    );
    assert.equal(child.lineage, parent.lineage);
    assert.deepEqual(child.ancestors, [...((parent.ancestors as string[]) ?? []), parent.jti]);
    assert.ok(made.scopes.every((scope) => String(parent.scope).split(" ").includes(scope)));
    assert.ok(Number(child.exp) <= Number(parent.exp));
    // Whoever was pinned acts alone, all the way down: as the tokens say it, whatever was asked.
    const pinned = (parent.may_act as { sub: string } | undefined)?.sub;
    if (pinned !== undefined) assert.deepEqual([chain[0], child.may_act], [pinned, { sub: pinned }]);
    assert.equal((child.may_act as { sub: string } | undefined)?.sub, made.mayAct);
  }

  for (const one of steps) {
    await take(one);
    for (const { node, token } of tokens) {
      const { body } = await introspect(server, lookout, token);
      assert.equal(
        body.active,
        model.isAlive(node),
        `after ${JSON.stringify(one)}: ${node.actors.join(" for ")}`,
      );
    }
  }
  await server.close();
}

describe("token exchange, in any order with everything that ends or shrinks it", () => {
  spec(
    "TX-02",
    "widens no scope, audience, life or circle of actors, loses no actor, goes no deeper, and outlives no ancestor",
    async (context) => {
      const tally = { granted: 0, refused: 0, deepest: 0, pinned: 0 };
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24, size: "max" }), (steps) =>
          run(steps, tally),
        ),
        seeded(context, 60),
      );
      const { granted, refused, deepest, pinned } = tally;
      context.diagnostic(
        `${granted} granted, of it ${pinned} pinned, ${refused} refused, deepest ${deepest}`,
      );
      assert.ok(granted > 50 && refused > 50 && deepest === 3 && pinned > 3, "The runs prove little.");
    },
  );
});
