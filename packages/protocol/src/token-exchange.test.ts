import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OAuthError } from "./errors.ts";
import { Parameters } from "./parameters.ts";
import {
  accessTokenType,
  type ExchangeRequest,
  type ExchangeRules,
  judgeExchange,
  readExchangeRequest,
  type SubjectToken,
} from "./token-exchange.ts";

const front = "https://front.example/api";
const models = "https://models.example/api";
const form = { subject_token: "t", subject_token_type: accessTokenType };

const nothing: ExchangeRequest = {
  subjectToken: "t",
  actorToken: undefined,
  targets: [],
  scopes: undefined,
  mayAct: undefined,
};
const subject: SubjectToken = {
  id: "j0",
  clientId: "app",
  audience: front,
  scopes: ["openid", "read", "write"],
  roles: ["trainer"],
  expiresAt: 600,
  act: undefined,
  ancestors: [],
  originClientId: undefined,
  mayAct: undefined,
};
const rules: ExchangeRules = {
  actor: "service",
  actsAt: [front, models],
  reach: [
    { resource: front, scopes: ["read", "write", "list"] },
    { resource: models, scopes: ["read"] },
  ],
  roles: ["trainer", "new"],
  depth: 4,
};

/** Both faces of what is thrown. */
function faces(attempt: () => unknown): readonly [string, string] {
  try {
    attempt();
  } catch (thrown) {
    assert.ok(thrown instanceof OAuthError);
    return [thrown.code, thrown.refusal];
  }
  return assert.fail("Nothing was refused.");
}

describe("a token exchange request", () => {
  const read = (more: Readonly<Record<string, string>>) =>
    readExchangeRequest(
      Parameters.parse(new URLSearchParams({ ...form, ...more }).toString(), {
        repeatable: ["resource", "audience"],
      }),
    );

  it("[TX-01] is read with its defaults", () => {
    assert.deepEqual(read({}), nothing);
  });

  it("[TX-01] takes resource and audience for the same list, each target once", () => {
    const text = new URLSearchParams([
      ...Object.entries(form),
      ["resource", models],
      ["audience", models],
      ["audience", front],
    ]);
    const parameters = Parameters.parse(text.toString(), { repeatable: ["resource", "audience"] });
    assert.deepEqual(readExchangeRequest(parameters).targets, [models, front]);
  });

  it("[TX-01] ignores act: who acts is proven, not said", () => {
    assert.deepEqual(read({ act: '{"sub":"somebody"}' }), nothing);
  });

  const idToken = "urn:ietf:params:oauth:token-type:id_token";
  for (const { given, more, expected } of [
    {
      given: "no subject token",
      more: { subject_token: "" },
      expected: ["invalid_request", "parameter.missing"],
    },
    {
      given: "no type of the subject token",
      more: { subject_token_type: "" },
      expected: ["invalid_request", "parameter.missing"],
    },
    {
      given: "an ID token as subject",
      more: { subject_token_type: idToken },
      expected: ["invalid_request", "exchange.token-type"],
    },
    {
      given: "a refresh token as subject",
      more: { subject_token_type: "urn:ietf:params:oauth:token-type:refresh_token" },
      expected: ["invalid_request", "exchange.token-type"],
    },
    {
      given: "a wish for a refresh token",
      more: { requested_token_type: "urn:ietf:params:oauth:token-type:refresh_token" },
      expected: ["invalid_request", "exchange.token-type"],
    },
    {
      given: "an actor token without its type",
      more: { actor_token: "a" },
      expected: ["invalid_request", "parameter.missing"],
    },
    {
      given: "a type of an actor token that is not there",
      more: { actor_token_type: accessTokenType },
      expected: ["invalid_request", "exchange.token-type"],
    },
    {
      given: "an ID token as actor",
      more: { actor_token: "a", actor_token_type: idToken },
      expected: ["invalid_request", "exchange.token-type"],
    },
    { given: "a scope of no form", more: { scope: "a  b" }, expected: ["invalid_scope", "scope.malformed"] },
    {
      given: "a target of no form",
      more: { audience: "models" },
      expected: ["invalid_target", "resource.malformed"],
    },
  ] as const) {
    it(`[TX-01] is refused with ${given}`, () => {
      assert.deepEqual(
        faces(() => read(more)),
        expected,
      );
    });
  }
});

describe("a token exchange", () => {
  it("[TX-01 TX-02] gives what the subject had at its own audience, but not who the person is", () => {
    assert.deepEqual(judgeExchange(nothing, subject, rules), {
      audience: front,
      scopes: ["read", "write"],
      roles: ["trainer"],
      expiresAt: 600,
      act: { sub: "service" },
      ancestors: ["j0"],
      originClientId: "app",
      mayAct: undefined,
    });
  });

  it("[TX-02] gives at another resource of the grant what the subject has by name and the grant allows there", () => {
    const { audience, scopes } = judgeExchange({ ...nothing, targets: [models] }, subject, rules);
    assert.deepEqual([audience, scopes], [models, ["read"]]);
  });

  it("[TX-01] of an exchanged token nests its actors and remembers where it began", () => {
    const child = { ...subject, id: "j1", clientId: "service", act: { sub: "service" } };
    const grand = { ...child, ancestors: ["j0"], originClientId: "app" };
    const { act, ancestors, originClientId } = judgeExchange(nothing, grand, { ...rules, actor: "worker" });
    assert.deepEqual(act, { sub: "worker", act: { sub: "service" } });
    assert.deepEqual([ancestors, originClientId], [["j0", "j1"], "app"]);
  });

  it("[TX-02] lets the one act whom may_act names", () => {
    assert.equal(judgeExchange(nothing, { ...subject, mayAct: "service" }, rules).act.sub, "service");
  });

  it("[TX-02] keeps what came of a pinned token pinned to the same actor, whatever is asked and however often", () => {
    let token: SubjectToken = { ...subject, mayAct: "service" };
    for (const mayAct of [undefined, "service", undefined]) {
      const made = judgeExchange({ ...nothing, mayAct }, token, rules);
      assert.equal(made.mayAct, "service");
      token = { ...token, id: "child", clientId: "service", act: made.act, mayAct: made.mayAct };
      const others = () => judgeExchange(nothing, token, { ...rules, actor: "worker" });
      assert.deepEqual(faces(others), ["invalid_request", "exchange.may-act"]);
    }
  });

  it("[TX-02] pins what comes of a free token when it is asked to", () => {
    assert.equal(judgeExchange({ ...nothing, mayAct: "worker" }, subject, rules).mayAct, "worker");
  });

  it("takes a target that is spelled with the slash of a bare origin", () => {
    const bare = "https://models.example";
    const reach = [{ resource: bare, scopes: ["read"] }];
    const asked = { ...nothing, targets: [`${bare}/`] };
    assert.equal(judgeExchange(asked, subject, { ...rules, reach, actsAt: [bare] }).audience, bare);
  });

  it("is for a resource without scopes too, if the grant has it", () => {
    const reach = [{ resource: models, scopes: [] }];
    assert.deepEqual(
      judgeExchange({ ...nothing, targets: [models] }, subject, { ...rules, reach }).scopes,
      [],
    );
  });

  const deep = { sub: "d", act: { sub: "c", act: { sub: "b", act: { sub: "a" } } } };
  for (const { given, asked = {}, about = {}, ruled = {}, expected } of [
    {
      given: "nobody who acts",
      ruled: { actor: undefined },
      expected: ["invalid_request", "exchange.impersonation"],
    },
    {
      given: "another actor than may_act names",
      about: { mayAct: "else" },
      expected: ["invalid_request", "exchange.may-act"],
    },
    {
      given: "a pin to another actor than the subject token's own, by the one that it names",
      asked: { mayAct: "worker" },
      about: { mayAct: "service" },
      expected: ["invalid_request", "exchange.may-act"],
    },
    { given: "a fifth actor", about: { act: deep }, expected: ["invalid_request", "exchange.too-deep"] },
    {
      given: "a target beyond the grant",
      asked: { targets: ["https://else.example"] },
      expected: ["invalid_target", "exchange.target-beyond"],
    },
    {
      given: "one target of the grant and one beyond",
      asked: { targets: [models, "https://else.example"] },
      expected: ["invalid_target", "exchange.target-beyond"],
    },
    {
      given: "two targets",
      asked: { targets: [front, models] },
      expected: ["invalid_target", "resource.several"],
    },
    {
      given: "an own audience that the grant lost",
      ruled: { reach: [{ resource: models, scopes: ["read"] }] },
      expected: ["invalid_target", "exchange.target-beyond"],
    },
    {
      given: "a target where the operator does not let the client act",
      asked: { targets: [models] },
      ruled: { actsAt: [front] },
      expected: ["invalid_target", "exchange.not-permitted"],
    },
    {
      given: "a scope that the grant has and the subject has not",
      asked: { scopes: ["read", "list"] },
      expected: ["invalid_scope", "exchange.scope-beyond"],
    },
    {
      given: "identity by name",
      asked: { scopes: ["openid"] },
      expected: ["invalid_scope", "exchange.scope-beyond"],
    },
    {
      given: "a scope that the target does not have",
      asked: { targets: [models], scopes: ["write"] },
      expected: ["invalid_scope", "exchange.scope-beyond"],
    },
    {
      given: "a subject without any scope",
      about: { scopes: [] },
      expected: ["invalid_scope", "exchange.scope-beyond"],
    },
    {
      given: "a scope at a resource that has none",
      asked: { targets: [models], scopes: ["read"] },
      ruled: { reach: [{ resource: models, scopes: [] }] },
      expected: ["invalid_scope", "exchange.scope-beyond"],
    },
  ] as readonly {
    given: string;
    asked?: Partial<ExchangeRequest>;
    about?: Partial<SubjectToken>;
    ruled?: Partial<ExchangeRules>;
    expected: readonly [string, string];
  }[]) {
    it(`[TX-01 TX-02] is refused with ${given}`, () => {
      const attempt = () =>
        judgeExchange({ ...nothing, ...asked }, { ...subject, ...about }, { ...rules, ...ruled });
      assert.deepEqual(faces(attempt), expected);
    });
  }
});
