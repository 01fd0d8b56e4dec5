import { invalidRequest } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { page } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import { judgeDevice } from "../interaction/device.ts";
import { endOf, readUntil } from "../interaction/until.ts";
import { compareCodePage, deviceCodePage, deviceDonePage } from "../pages/device.ts";
import { deviceApprovalPage } from "../pages/device-approval.ts";
import type { DeviceAuthorization } from "../records/device-authorization.ts";
import type { Instant } from "../records/instant.ts";
import { attempt, type Counter } from "../sign-in/attempt.ts";
import { readUserCode, shownUserCode } from "../tokens/user-code.ts";
import type { Context } from "./context.ts";
import { allowedWords, chosenOf } from "./decide.ts";
import { deviceFacts } from "./device-facts.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";
import { requireVisitor, type Visitor } from "./own-page.ts";

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
      return done(context, request, visitor, "other code");
    }
    const typed = form.optional("user_code") ?? "";
    const userCode = readUserCode(typed);
    const device = await attempt(
      context.limiter,
      countersOf(request, visitor),
      now,
      async () => (userCode === undefined ? undefined : await waiting(context, userCode, now)),
      (found) => found === undefined,
    );
    if (!device) {
      story.says("No device waits with the code that was typed.");
      return askedAgain(context, request, visitor, typed.slice(0, 40));
    }
    story.client(device.clientId);
    const client = await context.resolveClient(device.clientId, now, request.address);
    const judged = await judgeDevice(context, device, client, person, story, now);
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
      formToken: formToken(keys, browser, decisionPurpose(device.userCode, visitor)),
      hidden: { user_code: shownUserCode(device.userCode) },
      switchAccountHref: switchHref(context, device.userCode),
    });
    story.says("The approval page was shown.");
    return page(html);
  };
}

/** The decision. What the device asked is judged again, so that no more can be granted than the page could offer. */
export function deviceDecision(context: Context): Endpoint {
  const { clock, keys, settings, store, audit } = context;
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
    const device = userCode === undefined ? undefined : await waiting(context, userCode, now);
    if (!device) throw waitsNoLonger();
    story.client(device.clientId);
    const client = await context.resolveClient(device.clientId, now, request.address);
    const judged = await judgeDevice(context, device, client, person, story, now);
    const chosen = chosenOf(judged, form.all("scope"), settings.issuer);
    // Who unticks everything refuses; where nothing was asked there is nothing to untick.
    const isAllowed =
      form.optional("decision") === "allow" && (chosen.length > 0 || judged.permitted.length === 0);
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
    return done(context, request, visitor, isAllowed ? "approved" : "denied", client.name);
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

/** The device that waits with this code; one that was decided or has expired is as unknown as one that never was. */
async function waiting(
  { store, settings }: Context,
  userCode: string,
  now: Instant,
): Promise<DeviceAuthorization | undefined> {
  if (!settings.devices.enabled) return undefined;
  const device = await store.deviceCodes.findByUserCode(userCode);
  return device && device.decision === null && now < device.expiresAt ? device : undefined;
}

function waitsNoLonger() {
  return invalidRequest("The device waits no longer.", "device.decided");
}

/** The page counts for the person that it names, whoever is signed in when it comes back. */
function codePurpose({ person }: Visitor): string {
  return `device code ${person.account.id}`;
}

function decisionPurpose(userCode: string, { person }: Visitor): string {
  return `device decision ${userCode} ${person.account.id}`;
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

function done(
  context: Context,
  request: HttpRequest,
  { person: { account } }: Visitor,
  outcome: "approved" | "denied" | "other code",
  clientName?: string,
) {
  const named = clientName === undefined ? {} : { clientName };
  const accountHref = `${context.basePath}/account`;
  return page(deviceDonePage({ ...frameOf(context, request, { account }), outcome, accountHref, ...named }));
}
