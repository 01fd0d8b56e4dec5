import { Parameters } from "@valetkey/protocol/parameters";
import { page } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import { compareCodePage, deviceCodePage } from "../pages/device.ts";
import { deviceApprovalPage } from "../pages/device-approval.ts";
import { attempt, type Counter } from "../sign-in/attempt.ts";
import { readUserCode, shownUserCode } from "../tokens/user-code.ts";
import { tokenOfShown } from "./as-shown.ts";
import type { Context } from "./context.ts";
import { decisionPurpose } from "./device-decision.ts";
import { deviceDone } from "./device-done.ts";
import { deviceFacts } from "./device-facts.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";
import { requireVisitor, type Visitor } from "./own-page.ts";
import { judgedDevice, waitingDevice } from "./waiting-device.ts";

/**
 * RFC 8628 §3.3: where a person tells which device is theirs. They sign in first, so that wrong codes count for somebody.
 * A link that brings the code along saves the typing and nothing else: the code is compared, and looked up only when
 * a page of ours sends it.
 */
export function deviceForm(context: Context): Endpoint {
  return async (request, story) => {
    const now = context.clock.now();
    const given = Parameters.parse(request.query).optional("user_code");
    const userCode = given === undefined ? undefined : readUserCode(given);
    const visitor = await requireVisitor(context, request, "device", userCode, story, now);
    if ("status" in visitor) return visitor;
    story.says(userCode === undefined ? "The page for a code was shown." : "The code was shown to compare.");
    if (given !== undefined && userCode === undefined)
      return askedAgain(context, request, visitor, given.slice(0, 40));
    if (userCode === undefined) return page(deviceCodePage(entry(context, request, visitor, undefined)));
    const html = compareCodePage({
      ...entry(context, request, visitor, userCode),
      hidden: { user_code: shownUserCode(userCode) },
      userCode: shownUserCode(userCode),
    });
    return page(html);
  };
}

/** A code, typed or compared: what waits behind it is shown for a decision. Wrong ones are counted. */
export function deviceCode(context: Context): Endpoint {
  const { clock, keys, settings, store, basePath } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body);
    const visitor = await requireVisitor(context, request, "device", undefined, story, now);
    if ("status" in visitor) return visitor;
    const { person, browser } = visitor;
    requireFormToken(keys, request, form, browser, codePurpose(visitor), settings.issuer);
    if (form.optional("same") === "no") {
      story.says("The code was not the one of the person's device.");
      return deviceDone(context, request, visitor, { outcome: "other code" });
    }
    const typed = form.optional("user_code") ?? "";
    const userCode = readUserCode(typed);
    const device = await attempt(
      context.limiter,
      countersOf(request, visitor),
      now,
      async () => await waitingDevice(context, userCode, now),
      (found) => found === undefined,
    );
    if (!device) {
      story.says("No device waits with the code that was typed.");
      return askedAgain(context, request, visitor, typed.slice(0, 40));
    }
    const judged = await judgedDevice(context, device, visitor, request, story, now);
    const resources = await store.resources.list();
    const html = deviceApprovalPage({
      ...deviceFacts(judged, {
        resources,
        settings,
        frame: frameOf(context, request, { account: person.account }),
        address: request.address,
        now,
      }),
      action: `${basePath}/device/decision`,
      formToken: tokenOfShown(formToken(keys, browser, decisionPurpose(device.userCode, visitor)), judged),
      hidden: { user_code: shownUserCode(device.userCode) },
      switchAccountHref: switchHref(context, device.userCode),
    });
    story.says("The approval page was shown.");
    return page(html);
  };
}

/** Wrong codes count for the person, for the address, and for all together: RFC 8628 §5.1. */
function countersOf({ address }: HttpRequest, { person }: Visitor): readonly Counter[] {
  return [
    ["user_code", `person ${person.account.id}`],
    ["user_code", `address ${address}`],
    ["user_code_all", "all"],
  ];
}

/** The page counts for the person that it names, whoever is signed in when it comes back. */
function codePurpose({ person }: Visitor): string {
  return `device code ${person.account.id}`;
}

function switchHref({ basePath }: Context, userCode: string | undefined): string {
  const code = userCode === undefined ? "" : `&user_code=${shownUserCode(userCode)}`;
  return `${basePath}/account/sign-in?to=device${code}`;
}

function entry(context: Context, request: HttpRequest, visitor: Visitor, userCode: string | undefined) {
  const { keys, basePath } = context;
  const { account } = visitor.person;
  return {
    ...frameOf(context, request, { account }),
    action: `${basePath}/device`,
    formToken: formToken(keys, visitor.browser, codePurpose(visitor)),
    hidden: {},
    account: { email: account.email, name: account.name },
    switchAccountHref: switchHref(context, userCode),
  };
}

function askedAgain(context: Context, request: HttpRequest, visitor: Visitor, typed: string): HttpResponse {
  const about = entry(context, request, visitor, undefined);
  const error = about.words.device.wrongCode;
  return page(deviceCodePage({ ...about, typed, error }), { status: 400 });
}
