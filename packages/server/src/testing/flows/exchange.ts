import assert from "node:assert/strict";
import { accessTokenType, tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import { everyone } from "../../records/role.ts";
import { login, post } from "../a-login.ts";
import { api, aResource, mcp } from "../a-server.ts";
import { App, basic } from "./app.ts";
import type { Flow } from "./flow.ts";
import { Stage } from "./stage.ts";

export const tokenExchange: Flow = {
  title: "Token exchange",
  says:
    "A server that was handed a person's token gets one of its own for the next server: it says who acts for whom, does " +
    "no more, lives no longer and ends with what it came from. RFC 8693, docs/decisions/0010-delegation-shrinks.md.",
  async play() {
    const stage = await Stage.open();
    const { server } = stage;
    await addFront(server);
    const app = await server.client();
    const actor = await server.client({
      authMethods: ["client_secret_basic"],
      grantTypes: [tokenExchangeGrant],
      introspects: [front],
      actsAt: [api],
    });
    const asked = { resource: [front, api], scope: "inference:read" };
    const { code, verifier } = await login(server, app, asked);
    const grant = { grant_type: "authorization_code", client_id: app.id, code, code_verifier: verifier };
    const { body: subject } = await post(server, "/token", { ...grant, resource: front });
    stage.note(["App", "Front"], "The app calls the front with the token of its person");
    const caller = new App(stage, "Front");
    const exchange = {
      grant_type: tokenExchangeGrant,
      subject_token: subject.access_token,
      subject_token_type: accessTokenType,
      resource: api,
    };
    const proof = basic(actor.id, actor.secret);
    const { body } = await caller.answer("/token", exchange, proof);
    assert.ok(body.access_token);
    stage.note(["Front", "API"], "The front calls the API with the new token, which the API looks into");
    const lookout = await server.client({
      ...{ authMethods: ["client_secret_basic"], grantTypes: [], introspects: [api] },
    });
    const resource = new App(stage, "API");
    const seen = { token: body.access_token };
    const facts = await resource.post("/introspect", seen, basic(lookout.id, lookout.secret));
    assert.deepEqual(facts.act, { sub: actor.id });
    stage.note("Front", "Elsewhere it may not act");
    const elsewhere = await caller.answer("/token", { ...exchange, resource: mcp }, proof);
    assert.equal(elsewhere.body.error, "invalid_target");
    return stage;
  },
};

const front = "https://front.example.com/api";

/** The server that the app calls; it has one scope in common with the API behind it. */
async function addFront({ store, clock }: Stage["server"]): Promise<void> {
  const ask = { name: "inference:read", sentence: "Ask the model", risk: "low", for: ["people"] } as const;
  const about = { name: "Front", scopes: [ask], defaultScopes: [ask.name], createdAt: clock.now() + 2 };
  await store.resources.add(aResource({ identifier: front, ...about }));
  const allows = [front, api].map((resource) => ({ resource, scope: ask.name }));
  await store.roles.put({ name: everyone, description: "Every account", allows });
}
