import {
  aDeviceClient,
  aWaitingDevice,
  decide,
  poll,
} from "../../../packages/server/src/testing/a-device.ts";
import { login, redeem } from "../../../packages/server/src/testing/a-login.ts";
import type { AServer } from "../../../packages/server/src/testing/a-server.ts";
import { AnAccountPage } from "../../../packages/server/src/testing/an-account-page.ts";
import { codeTo } from "../../../packages/server/src/testing/mailed.ts";
import { email, firefox, isIn, type Walk } from "./walk.ts";

/** Apps and a device that were let in, a session elsewhere, a passkey and an account elsewhere. */
async function livedIn(server: AServer): Promise<void> {
  const { id: accountId = "" } = (await server.store.accounts.findByEmail(email)) ?? {};
  const client = await server.client({ name: "Team notes" });
  const scope = "openid tools:use notes:write";
  await redeem(server, client, await login(server, client, { scope }, email));
  const device = await aDeviceClient(server, { kind: "self-registered" });
  const codes = await aWaitingDevice(server, device);
  await decide(server, codes.user_code, "allow", email);
  await poll(server, device, codes);
  await AnAccountPage.open(server, { email, userAgent: firefox });
  const createdAt = server.clock.now() - 90 * 86_400;
  const passkey = { accountId, publicKey: "", counter: 0, transports: [], aaguid: "", createdAt };
  await server.store.passkeys.add({
    ...passkey,
    id: "phone",
    name: "Phone",
    isSynced: true,
    lastUsedAt: null,
  });
  await server.store.passkeys.add({
    ...{ ...passkey, id: "key", name: "", isSynced: false },
    lastUsedAt: createdAt + 86_400,
  });
  const elsewhere = { upstream: "upstream-0", subject: "ada-there", email, createdAt, lastUsedAt: createdAt };
  await server.store.identities.add({ ...elsewhere, accountId });
  await server.store.journal.append(server.audit.events, []);
  server.clock.advance(2 * 3600);
}

export const theAccount: Readonly<Record<string, Walk>> = {
  "looking after an account": {
    async go(server, reader) {
      const at = (path: string) => reader.open(`${server.issuer}/account${path}`);
      await livedIn(server);
      await isIn(server, reader);
      await at("");
      await reader.sees("account-apps");
      for (const place of ["security", "sessions", "activity", "data"]) {
        await at(`/${place}`);
        await reader.sees(`account-${place}`);
      }
      await at("/delete");
      await reader.sees("account-delete");
      await reader.send({ email: "somebody@example.com" });
      await reader.sees("account-delete-wrong", { status: 400 });
    },
  },
  "changing how one signs in": {
    async go(server, reader) {
      const at = (path: string) => reader.open(`${server.issuer}/account/security/${path}`);
      await livedIn(server);
      await isIn(server, reader);
      await at("password");
      await reader.sees("account-password");
      await at("passkey");
      await reader.sees("account-new-passkey");
      await at("passkey?id=phone");
      await reader.sees("account-passkey");
      await at("app");
      await reader.sees("account-app");
      await at("email");
      await reader.sees("account-email");
      await reader.send({ email: "ada@example.org" });
      await reader.sees("account-email-code");
      await reader.send({ code: codeTo(server, "ada@example.org") });
      await reader.sees("account-email-changed");
    },
  },
  "an account after an hour": {
    async go(server, reader) {
      await livedIn(server);
      await isIn(server, reader);
      server.clock.advance(3600);
      await reader.open(`${server.issuer}/account/security`);
      await reader.sees("account-security-later");
    },
  },
};
