import assert from "node:assert/strict";
import { describe } from "node:test";
import { accessTokenType, tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import { createGuard, requireAuthentication } from "@valetkey/resource";
import { provenPost, redemption } from "../testing/a-bound-device.ts";
import {
  aDelegation,
  aMachineSubject,
  aSubject,
  exchange,
  exchanged,
  front,
  type Registered,
} from "../testing/a-delegation.ts";
import { login } from "../testing/a-login.ts";
import { basic, claimsOf, device, faces } from "../testing/a-program.ts";
import { aProofKey, type ProofKey } from "../testing/a-proof.ts";
import { api } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

/** What must stay as it is however often a token is exchanged: who may act, how the person signed in, where, by which key. */
describe("what an exchange keeps", () => {
  spec("TX-02", "is who alone may act: for nobody else, and by no other name", async () => {
    const { server, app, service, worker, actor } = await aDelegation();
    const only = await actor("only");
    const pinned = await exchanged(server, service, await aSubject(server, app), { may_act: only.id });
    const child = await exchanged(server, only, pinned, { resource: api });
    assert.deepEqual(claimsOf(child).may_act, { sub: only.id });
    const refused = [400, "invalid_request", "exchange.may-act"];
    // The server of the child's own resource, which could exchange it if it were free.
    assert.deepEqual(faces(server, await exchange(server, worker, child)), refused);
    assert.deepEqual(faces(server, await exchange(server, only, child, { may_act: worker.id })), refused);
    const chain = { sub: only.id, act: { sub: only.id, act: { sub: service.id } } };
    const again = claimsOf(await exchanged(server, only, child, { may_act: only.id }));
    assert.deepEqual([again.may_act, again.act], [{ sub: only.id }, chain]);
    await server.close();
  });

  spec(
    ["TX-02", "SU-01"],
    "is when and how the person signed in: it answers a step-up, and no actor makes it newer",
    async () => {
      const { server, app, service, worker } = await aDelegation();
      const subject = await aSubject(server, app);
      const { auth_time: signedIn } = claimsOf(subject);
      assert.equal(signedIn, server.clock.now());
      server.clock.advance(120);
      const child = await exchanged(server, service, subject, { resource: api });
      const grandchild = await exchanged(server, worker, child);
      const now = server.clock.now();
      const guard = createGuard({
        ...{ issuer: server.issuer, resource: api, clock: () => now },
        fetch: (url, init) => server.fetchHere(url, init),
      });
      for (const token of [child, grandchild]) {
        assert.deepEqual([claimsOf(token).auth_time, claimsOf(token).acr], [signedIn, "aal1"]);
        const headers = { authorization: `Bearer ${token}` };
        const request = new Request(api, { headers });
        const caller = await guard.guard(request);
        assert.ok(!(caller instanceof Response));
        const judged = (maxAge: number) =>
          requireAuthentication(guard, caller, request, { acrValues: ["aal1"], maxAge, now });
        assert.equal(judged(120), caller);
        const stepUp = judged(119);
        assert.ok(stepUp instanceof Response);
        assert.match(stepUp.headers.get("www-authenticate") ?? "", /insufficient_user_authentication/);
      }
      await server.close();
    },
  );

  spec(
    ["TX-02", "SU-01"],
    "is that nobody signed in: what came of a machine's token answers no step-up",
    async () => {
      const { server, actor, service } = await aDelegation();
      const about = { grantTypes: ["client_credentials"], scope: ["inference:read"] };
      const subject = await aMachineSubject(server, await actor("job", about));
      const token = await exchanged(server, service, subject, { resource: api });
      const { auth_time, acr } = claimsOf(token);
      assert.deepEqual([auth_time, acr], [undefined, undefined]);
      await server.close();
    },
  );

  spec("TX-02", "is where the first client asked to go: one resource named, one reached", async () => {
    const { server, app, service } = await aDelegation();
    const scope = "inference:read";
    const narrow = (await device(server, app, { resource: front, scope })).access_token;
    const answer = await exchange(server, service, narrow, { resource: api });
    const refused = [400, "invalid_target", "exchange.target-beyond"];
    assert.deepEqual(faces(server, answer), refused);
    assert.equal(answer.body.error_description, "The requested resource is not available here.");
    // The same person lets the same client go to both later: the token that is out stays as narrow as it was asked for.
    const wide = await aSubject(server, app, { scope });
    assert.deepEqual(faces(server, await exchange(server, service, narrow, { resource: api })), refused);
    assert.equal(claimsOf(await exchanged(server, service, wide, { resource: api })).scope, scope);
    await server.close();
  });

  /** A person's token for the front that is bound to a key, and what is asked of it. */
  async function aBoundSubject(key: ProofKey) {
    const world = await aDelegation();
    const { server, app } = world;
    const asked = { resource: [front, api], scope: "inference:read" };
    const form = redemption(app, await login(server, app, asked));
    const { body } = await provenPost(server, key, { ...form, resource: front });
    const exchanging = (
      by: Registered,
      actorKey: ProofKey | undefined,
      subject = String(body.access_token),
    ) =>
      provenPost(
        server,
        actorKey,
        {
          ...{ grant_type: tokenExchangeGrant, subject_token: subject, resource: api },
          subject_token_type: accessTokenType,
        },
        basic(by.id, by.secret),
      );
    return { ...world, exchanging };
  }

  spec(
    ["TX-02", "DPOP-01"],
    "is that a key is needed: a resource's server, which cannot have the caller's, proves its own",
    async () => {
      const [key, own, next] = await Promise.all([aProofKey(), aProofKey(), aProofKey()]);
      const { server, service, worker, exchanging } = await aBoundSubject(key);
      const bare = await exchanging(service, undefined);
      assert.deepEqual(faces(server, bare), [400, "invalid_request", "exchange.bound"]);
      const { status, body } = await exchanging(service, own);
      assert.deepEqual([status, body.token_type], [200, "DPoP"]);
      assert.deepEqual(claimsOf(body.access_token).cnf, { jkt: own.jkt });
      const bareAgain = await exchanging(worker, undefined, body.access_token);
      assert.deepEqual(faces(server, bareAgain), [400, "invalid_request", "exchange.bound"]);
      const further = await exchanging(worker, next, body.access_token);
      assert.deepEqual(claimsOf(further.body.access_token).cnf, { jkt: next.jkt });
      await server.close();
    },
  );

  spec(
    ["TX-02", "DPOP-01"],
    "is the key, where the client exchanges a token of its own: its secret and the token are not enough",
    async () => {
      const [key, own, thief] = await Promise.all([aProofKey(), aProofKey(), aProofKey()]);
      const { server, actor, exchanging } = await aBoundSubject(key);
      const holder = await actor("holder");
      const { body } = await exchanging(holder, own);
      const again = (proven: ProofKey | undefined) => exchanging(holder, proven, body.access_token);
      assert.deepEqual(faces(server, await again(thief)), [400, "invalid_grant", "dpop.other-key"]);
      assert.deepEqual(faces(server, await again(undefined)), [400, "invalid_dpop_proof", "dpop.missing"]);
      const { status, body: child } = await again(own);
      assert.equal(status, 200);
      assert.deepEqual(claimsOf(child.access_token).cnf, { jkt: own.jkt });
      await server.close();
    },
  );

  spec(
    ["TX-02", "DPOP-01"],
    "may be bound though its subject was not, and is never unbound after that",
    async () => {
      const key = await aProofKey();
      const { server, app, service, worker, exchanging } = await aBoundSubject(key);
      const bearer = await aSubject(server, app, { scope: "inference:read" });
      const { body } = await exchanging(service, key, bearer);
      assert.deepEqual(claimsOf(body.access_token).cnf, { jkt: key.jkt });
      const bare = await exchanging(worker, undefined, body.access_token);
      assert.deepEqual(faces(server, bare), [400, "invalid_request", "exchange.bound"]);
      await server.close();
    },
  );

  spec("DPOP-01", "costs no write before the subject token is known to be good", async () => {
    const key = await aProofKey();
    const { server, service, exchanging } = await aBoundSubject(key);
    let spent = 0;
    const { spend } = server.store.proofs;
    Object.assign(server.store.proofs, {
      spend: (...given: Parameters<typeof spend>) => {
        spent += 1;
        return spend(...given);
      },
    });
    const bad = await exchanging(service, key, "nope");
    assert.deepEqual([...faces(server, bad), spent], [400, "invalid_request", "exchange.subject-token", 0]);
    assert.equal((await exchanging(service, key)).status, 200);
    assert.equal(spent, 1);
    await server.close();
  });
});
