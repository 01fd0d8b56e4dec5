import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { callback } from "../../packages/server/src/testing/a-server.ts";
import { spec } from "../../packages/server/src/testing/spec.ts";
import { type Attacked, anAttacked } from "./in-process.ts";
import { type Parties, redemption, seedCodes, seedParties } from "./parties.ts";
import { authorizePath } from "./requests.ts";

/** Everything that a request could add to all objects of the process. */
const inherited = () =>
  [Object.prototype, Array.prototype, Function.prototype].flatMap((one) => Reflect.ownKeys(one));

describe("names of every object's own members", () => {
  let attacked: Attacked;
  let parties: Parties;
  before(async () => {
    attacked = await anAttacked();
    parties = await seedParties(attacked.store);
  });
  after(() => attacked.close());

  const authorize = (more: string) => authorizePath(parties, more);

  const names = [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "__defineGetter__",
    "__proto__[polluted]",
    "constructor[prototype][polluted]",
    "__proto__.polluted",
    "constructor.prototype.polluted",
  ];

  spec(
    ["I2-POLLUTION", "O21-AS-39"],
    "names of every object's own members change no object and no answer",
    async () => {
      const before = inherited();
      const [plain, ...polluted] = await seedCodes(attacked.store, parties, 1 + names.length);
      assert.ok(plain);
      const usual = await attacked.caller.token(redemption(parties, plain));
      assert.equal(usual.status, 200);
      for (const [index, name] of names.entries()) {
        const code = polluted[index];
        assert.ok(code);
        const answer = await attacked.caller.token({
          [`x${name}`]: "1",
          ...redemption(parties, code),
          [name]: "polluted",
        });
        assert.equal(answer.status, 200, name);
        assert.deepEqual(Object.keys(answer.json), Object.keys(usual.json));
        const query = await attacked.caller.ask({ path: authorize(`&${encodeURIComponent(name)}=polluted`) });
        assert.equal(query.status, 303, name);
      }
      assert.deepEqual(inherited(), before);
      assert.equal(({} as Record<string, unknown>).polluted, undefined);
    },
  );

  for (const name of names) {
    spec("I2-POLLUTION", `${name} is no client, no grant type, no interaction and no method`, async () => {
      const { caller } = attacked;
      const value = encodeURIComponent(name);
      const client = await caller.token({ client_id: name, grant_type: "refresh_token", refresh_token: "x" });
      assert.deepEqual([client.status, client.json.error], [401, "invalid_client"]);
      const grant = await caller.token({ client_id: parties.client.id, grant_type: name });
      assert.deepEqual([grant.status, grant.json.error], [400, "unsupported_grant_type"]);
      const code = await caller.token({
        client_id: parties.client.id,
        grant_type: "authorization_code",
        code: name,
        code_verifier: name,
      });
      assert.deepEqual([code.status, code.json.error], [400, "invalid_grant"]);
      for (const path of [
        `/authorize?client_id=${value}`,
        `/sign-in?interaction=${value}`,
        `/consent?interaction=${value}`,
      ]) {
        assert.equal((await caller.ask({ path })).status, 400, path);
      }
      const basic = Buffer.from(`${value}:${value}`).toString("base64");
      const authenticated = await caller.token(
        { grant_type: "client_credentials" },
        { authorization: `Basic ${basic}` },
      );
      assert.equal(authenticated.status, 401);
      const bearer = await caller.ask({ path: "/userinfo", headers: { authorization: `Bearer ${value}` } });
      assert.equal(bearer.status, 401);
    });
  }

  const redirects = `"redirect_uris":["${callback}"]`;
  for (const { given, body, status } of [
    {
      given: "a member __proto__",
      body: `{"__proto__":{"polluted":true,"client_name":"evil"},${redirects}}`,
      status: 201,
    },
    {
      given: "a member constructor",
      body: `{"constructor":{"prototype":{"polluted":true}},${redirects}}`,
      status: 201,
    },
    {
      given: "a member toString",
      body: `{"toString":"polluted","hasOwnProperty":null,${redirects}}`,
      status: 201,
    },
    { given: "__proto__ with everything in it", body: `{"__proto__":{${redirects}}}`, status: 400 },
    {
      given: "__proto__ within jwks",
      body: `{"jwks":{"__proto__":{"keys":[]},"keys":[]},${redirects}}`,
      status: 201,
    },
    { given: "__proto__ as a grant type", body: `{"grant_types":["__proto__"],${redirects}}`, status: 400 },
    { given: "a list", body: "[]", status: 400 },
    { given: "null", body: "null", status: 400 },
    { given: "a text", body: '"__proto__"', status: 400 },
    { given: "a number beyond all bounds", body: "1e999999", status: 400 },
  ]) {
    spec(["I2-POLLUTION", "O21-AS-39"], `a registration with ${given} changes no object`, async () => {
      const before = inherited();
      const headers = { "content-type": "application/json" };
      const answer = await attacked.caller.ask({ path: "/register", body, headers });
      assert.equal(answer.status, status);
      assert.doesNotMatch(answer.text, /polluted|evil/);
      assert.deepEqual(inherited(), before);
      assert.equal(({} as Record<string, unknown>).polluted, undefined);
    });
  }
});
