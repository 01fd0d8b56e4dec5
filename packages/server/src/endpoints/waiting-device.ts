import type { HttpRequest } from "../http/message.ts";
import { type DeviceRequest, judgeDevice } from "../interaction/device.ts";
import type { Story } from "../ports/story.ts";
import type { DeviceAuthorization } from "../records/device-authorization.ts";
import type { Instant } from "../records/instant.ts";
import type { Context } from "./context.ts";
import type { Visitor } from "./own-page.ts";

/** The device that waits with this code; one that was decided or has expired is as unknown as one that never was. */
export async function waitingDevice(
  { store, settings }: Pick<Context, "store" | "settings">,
  userCode: string | undefined,
  now: Instant,
): Promise<DeviceAuthorization | undefined> {
  if (userCode === undefined || !settings.devices.enabled) return undefined;
  const device = await store.deviceCodes.findByUserCode(userCode);
  return device && device.decision === null && now < device.expiresAt ? device : undefined;
}

/**
 * What it asks for, judged for the person as they stand now.
 * @throws invalid_client; access_denied "scope.beyond-role"
 */
export async function judgedDevice(
  context: Context,
  device: DeviceAuthorization,
  { person }: Visitor,
  { address }: HttpRequest,
  story: Story,
  now: Instant,
): Promise<DeviceRequest> {
  story.client(device.clientId);
  const client = await context.resolveClient(device.clientId, now, address);
  return await judgeDevice(context, device, client, person, story, now);
}
