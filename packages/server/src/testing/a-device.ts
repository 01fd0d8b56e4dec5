import assert from "node:assert/strict";
import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import type { Client } from "../records/client.ts";
import { ABrowser, type Visit } from "./a-browser.ts";
import { post, type TokenAnswer } from "./a-login.ts";
import { type AServer, mcp, password } from "./a-server.ts";

type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a device is told at first. RFC 8628 §3.2 */
export interface DeviceCodes {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

/** A public client that may only show codes. */
export function aDeviceClient(server: AServer, about: Partial<Client> = {}) {
  const grantTypes = [deviceCodeGrant, "refresh_token"];
  return server.client({ name: "Kitchen radio", grantTypes, redirectUris: [], ...about });
}

export function askForCode(
  server: AServer,
  client: Pick<Client, "id">,
  form: Form = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  return post(
    server,
    "/device_authorization",
    { client_id: client.id, resource: mcp, ...form },
    { "user-agent": "KitchenRadio/2.1", ...headers },
  );
}

/** Codes for a device that waits. */
export async function aWaitingDevice(
  server: AServer,
  client: Pick<Client, "id">,
  form: Form = {},
): Promise<DeviceCodes> {
  const { status, body } = await askForCode(server, client, form);
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as DeviceCodes;
}

/** A person on the page for codes, signed in. */
export async function atDevicePage(
  server: AServer,
  path = "/device",
  email = "ada@example.com",
): Promise<{ browser: ABrowser; visit: Visit }> {
  if (!(await server.store.accounts.findByEmail(email))) await server.person({ email });
  const browser = new ABrowser(server);
  let visit = await browser.open(path);
  if (visit.url.includes("/sign-in?")) visit = await browser.submit(visit, { email, password });
  return { browser, visit };
}

/** A person who typed the code and sees who asks. */
export async function atApproval(server: AServer, userCode: string, email?: string) {
  const { browser, visit } = await atDevicePage(server, "/device", email);
  return { browser, visit: await browser.submit(visit, { user_code: userCode }) };
}

export async function decide(
  server: AServer,
  userCode: string,
  decision: "allow" | "deny",
  email?: string,
): Promise<Visit> {
  const { browser, visit } = await atApproval(server, userCode, email);
  const end = await browser.submit(visit, { decision });
  assert.equal(end.status, 200, end.body);
  return end;
}

export function pollingForm(client: Pick<Client, "id">, { device_code }: Pick<DeviceCodes, "device_code">) {
  return { grant_type: deviceCodeGrant, client_id: client.id, device_code };
}

export function poll(
  server: AServer,
  client: Pick<Client, "id">,
  codes: Pick<DeviceCodes, "device_code">,
  more: Form = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  return post(server, "/token", { ...pollingForm(client, codes), ...more }, headers);
}
