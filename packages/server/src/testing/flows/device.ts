import assert from "node:assert/strict";
import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import { mcp } from "../a-server.ts";
import { App, ada } from "./app.ts";
import type { Flow } from "./flow.ts";
import { Stage } from "./stage.ts";

export const deviceAuthorization: Flow = {
  title: "Device authorization",
  says:
    "A device without a browser shows a code; its person types it elsewhere and decides there, while the device asks " +
    "at its interval. RFC 8628.",
  async play() {
    const stage = await Stage.open();
    const { server } = stage;
    const device = new App(stage, "Device");
    const { id } = await server.client({ grantTypes: [deviceCodeGrant, "refresh_token"], redirectUris: [] });
    const codes = await device.post("/device_authorization", { client_id: id, resource: mcp });
    stage.note(["Device", "Browser"], "The device shows the code, and a QR code of the page");
    const poll = async () => {
      server.clock.advance(5);
      const device_code = String(codes.device_code);
      return await device.answer("/token", { grant_type: deviceCodeGrant, client_id: id, device_code });
    };
    assert.equal((await poll()).body.error, "authorization_pending");
    const browser = stage.browser();
    let visit = await browser.open("/device");
    visit = await browser.submit(visit, ada);
    visit = await browser.submit(visit, { user_code: String(codes.user_code) });
    visit = await browser.submit(visit, { decision: "allow" });
    assert.equal(visit.status, 200);
    assert.ok((await poll()).body.access_token);
    return stage;
  },
};
