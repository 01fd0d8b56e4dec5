import { invalidRequest } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { seeOther } from "../http/answer.ts";
import { requireFormToken } from "../http/form-token.ts";
import type { Endpoint } from "../http/message.ts";
import { endOf, readUntil } from "../interaction/until.ts";
import { readUserCode, shownUserCode } from "../tokens/user-code.ts";
import { isAsShown } from "./as-shown.ts";
import type { Context } from "./context.ts";
import { allowedWords, chosenOf, isSomething } from "./decide.ts";
import { deviceDone } from "./device-done.ts";
import { requireForm } from "./form.ts";
import { requireVisitor, type Visitor } from "./own-page.ts";
import { judgedDevice, waitingDevice } from "./waiting-device.ts";

/** The decision. What the device asked is judged again, so that no more can be granted than the page could offer. */
export function deviceDecision(context: Context): Endpoint {
  const { clock, keys, settings, store, audit, basePath } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body, { repeatable: ["scope"] });
    const userCode = readUserCode(form.optional("user_code") ?? "");
    const visitor = await requireVisitor(context, request, "device", userCode, story, now);
    if ("status" in visitor) return visitor;
    const { person, browser } = visitor;
    // Only a page that showed this code to this person made the token: whoever guesses codes gets no further than here.
    requireFormToken(keys, request, form, browser, decisionPurpose(userCode ?? "", visitor), settings.issuer);
    const device = await waitingDevice(context, userCode, now);
    if (!device) throw waitsNoLonger();
    const judged = await judgedDevice(context, device, visitor, request, story, now);
    if (form.optional("decision") === "allow" && !isAsShown(form, judged)) {
      story.says("What may be allowed is no longer what the page offered; the person is asked anew.");
      return seeOther(`${basePath}/device?user_code=${shownUserCode(device.userCode)}`);
    }
    const { client } = judged;
    const chosen = chosenOf(judged, form.all("scope"), settings.issuer);
    const isAllowed = form.optional("decision") === "allow" && isSomething(chosen, judged);
    const endsAt = endOf(readUntil(form.optional("until")), now);
    const { account, session } = person;
    const { sid, authenticatedAt, amr } = session;
    const approval = {
      clientId: client.id,
      accountId: account.id,
      permissions: chosen,
      ...(endsAt !== undefined && { accessEndsAt: endsAt }),
      sid,
      authenticatedAt,
      amr,
    };
    const stands = isAllowed
      ? await store.deviceCodes.approve(device.deviceCodeHash, approval, now)
      : await store.deviceCodes.deny(device.deviceCodeHash, account.id, now);
    if (!stands) throw waitsNoLonger();
    const about = { clientId: client.id, accountId: account.id, address: request.address };
    const detail =
      `${isAllowed ? allowedWords(chosen, endsAt) : ""} for a device at ${device.address}`.trim();
    audit.record({ at: now, what: isAllowed ? "consent.given" : "consent.denied", ...about, detail });
    story.says(
      isAllowed
        ? `The person allowed: ${allowedWords(chosen, endsAt) || "access without a scope"}.`
        : "The person refused.",
    );
    const outcome = isAllowed ? "approved" : "denied";
    return deviceDone(context, request, visitor, { outcome, clientName: client.name });
  };
}

function waitsNoLonger() {
  return invalidRequest("The device waits no longer.", "device.decided");
}

/** Of the form of a decision: it counts for this device, and for the person that its page names. */
export function decisionPurpose(userCode: string, { person }: Visitor): string {
  return `device decision ${userCode} ${person.account.id}`;
}
