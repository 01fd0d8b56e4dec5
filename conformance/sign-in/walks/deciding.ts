import { aDeviceClient, aWaitingDevice } from "../../../packages/server/src/testing/a-device.ts";
import { login } from "../../../packages/server/src/testing/a-login.ts";
import { api, mcp } from "../../../packages/server/src/testing/a-server.ts";
import { asked, documentUrl, email, isIn, type Walk } from "./walk.ts";

export const deciding: Readonly<Record<string, Walk>> = {
  "letting apps in": {
    async go(server, reader) {
      const redirect_uri = "https://agent.example.org/callback";
      const scope = "openid tools:use notes:write";
      await isIn(server, reader);
      await reader.open(asked(server, { id: documentUrl }, { redirect_uri, scope }));
      await reader.sees("consent-new");

      const known = await server.client({ name: "Team notes" });
      await login(server, known, { scope: "openid tools:use" }, email);
      server.clock.advance(3 * 3600);
      await reader.open(asked(server, known, { scope: `${scope} email` }));
      await reader.sees("consent-again");

      const risky = { resource: [mcp, api], scope: "tools:use inference:read training:write offline_access" };
      await reader.open(asked(server, await server.client({ name: "Model workshop" }), risky));
      await reader.sees("consent-high-risk");

      const loopback = await server.client({
        kind: "self-registered",
        name: "Terminal tool with a name that somebody made as long as the form allows them to",
        redirectUris: ["http://127.0.0.1/callback"],
      });
      await reader.open(asked(server, loopback, { redirect_uri: "http://127.0.0.1:4567/callback", scope }));
      await reader.sees("consent-loopback");
    },
  },
  "letting a device in": {
    async go(server, reader) {
      const client = await aDeviceClient(server, { kind: "self-registered" });
      const typed = await aWaitingDevice(server, client);
      await isIn(server, reader);
      await reader.open(`${server.issuer}/device`);
      await reader.sees("device");
      await reader.send({ user_code: "BCDF-GHJK" });
      await reader.sees("device-wrong", { status: 400 });
      await reader.send({ user_code: typed.user_code });
      await reader.sees("device-approval");
      await reader.press("button[value=allow]");
      await reader.sees("device-approved");
      const linked = await aWaitingDevice(server, client);
      await reader.open(linked.verification_uri_complete);
      await reader.sees("device-compare");
      await reader.press("button[value=no]");
      await reader.sees("device-other-code");
      const refused = await aWaitingDevice(server, client);
      await reader.open(refused.verification_uri_complete);
      await reader.press("button[value=yes]");
      await reader.press("button[value=deny]");
      await reader.sees("device-refused");
    },
  },
};
