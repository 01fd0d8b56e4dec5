import assert from "node:assert/strict";
import { aProofKey, tokenHash } from "../a-proof.ts";
import { App } from "./app.ts";
import type { Flow } from "./flow.ts";
import { Stage } from "./stage.ts";

export const dpop: Flow = {
  title: "DPoP, with nonces",
  says:
    "The tokens are bound to a key of the app's. The first proof has no nonce and is sent back for one; from then on " +
    "nothing is sent twice. A bound token without its proof is worth nothing. RFC 9449 §5, §7, §8.",
  async play() {
    const stage = await Stage.open();
    const { server } = stage;
    const app = new App(stage);
    const key = await aProofKey();
    const { id } = await server.client();
    const code = await app.login(stage.browser(), id, { scope: "openid tools:use" });
    stage.steps.splice(0, stage.steps.length);
    stage.note("App", "The person has allowed it, the code is here");
    const claims = { htm: "POST", htu: `${server.issuer}/token`, iat: server.clock.now() };
    const refused = await app.redeem(id, code, { dpop: await key.proof(claims) });
    assert.equal(refused.body.error, "use_dpop_nonce");
    const nonce = refused.headers.get("dpop-nonce") ?? "";
    const { body } = await app.redeem(id, code, { dpop: await key.proof({ ...claims, nonce }) });
    assert.equal(body.token_type, "DPoP");
    const htu = `${server.issuer}/userinfo`;
    const ath = tokenHash(body.access_token);
    const dpop = await key.proof({ htm: "GET", htu, iat: server.clock.now(), ath, nonce });
    const authorization = `DPoP ${body.access_token}`;
    assert.equal((await app.fetch(htu, { headers: { authorization, dpop } })).status, 200);
    stage.note("Thief", "Has the token and not the key");
    const thief = new App(stage, "Thief");
    const stolen = { authorization: `Bearer ${body.access_token}` };
    assert.equal((await thief.fetch(htu, { headers: stolen })).status, 401);
    return stage;
  },
};
