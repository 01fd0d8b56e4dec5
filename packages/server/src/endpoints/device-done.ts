import { page } from "../http/answer.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import { type DeviceDoneData, deviceDonePage } from "../pages/device.ts";
import type { Context } from "./context.ts";
import { frameOf } from "./frame.ts";
import type { Visitor } from "./own-page.ts";

/** Where it ends for the person: what became of the device, and where to look after it. */
export function deviceDone(
  context: Context,
  request: HttpRequest,
  { person: { account } }: Visitor,
  end: Pick<DeviceDoneData, "outcome" | "clientName">,
): HttpResponse {
  const accountHref = `${context.basePath}/account`;
  return page(deviceDonePage({ ...frameOf(context, request, { account }), ...end, accountHref }));
}
