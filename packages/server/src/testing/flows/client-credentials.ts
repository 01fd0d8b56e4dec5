import assert from "node:assert/strict";
import { api } from "../a-server.ts";
import { App, basic } from "./app.ts";
import type { Flow } from "./flow.ts";
import { Stage } from "./stage.ts";

export const clientCredentials: Flow = {
  title: "Client credentials",
  says:
    "A machine acts for itself, within the scope that it is registered for; the API asks what the token is worth " +
    "(RFC 7662), and the machine ends it (RFC 7009). OAuth 2.1 §4.2.",
  async play() {
    const stage = await Stage.open();
    const job = new App(stage, "Nightly job");
    const resource = new App(stage, "API");
    const authMethods = ["client_secret_basic"] as const;
    const machine = await stage.server.client({
      authMethods,
      grantTypes: ["client_credentials"],
      scope: ["inference:read"],
    });
    const lookout = await stage.server.client({ authMethods, grantTypes: [], introspects: [api] });
    const proof = basic(machine.id, machine.secret);
    const form = { grant_type: "client_credentials", scope: "inference:read", resource: api };
    const { access_token: token } = await job.post("/token", form, proof);
    const asked = async () =>
      await resource.post("/introspect", { token }, basic(lookout.id, lookout.secret));
    stage.note(["Nightly job", "API"], "The job calls the API with the token");
    assert.equal((await asked()).active, true);
    await job.post("/revoke", { token }, proof);
    assert.equal((await asked()).active, false);
    return stage;
  },
};
