import { redirectHost } from "@valetkey/protocol/redirect-uri";
import { page } from "../http/answer.ts";
import { formToken } from "../http/form-token.ts";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import { minimumPasswordLength } from "../operations/new-password.ts";
import type { Frame } from "../pages/layout.ts";
import { mailedCodePage } from "../pages/mailed-code.ts";
import { newAppPage, newSecondFactorPage, recoveryCodesPage } from "../pages/new-second-factor.ts";
import { offeredPasskeyPage } from "../pages/offered-passkey.ts";
import { secondFactorPage } from "../pages/second-factor.ts";
import { signInPage } from "../pages/sign-in.ts";
import { signUpCodePage, signUpPage } from "../pages/sign-up.ts";
import { tell } from "../pages/words/say.ts";
import type { Words } from "../pages/words/words.ts";
import type { Demo } from "../ports/settings.ts";
import { firstWay } from "../sign-in/first-way.ts";
import { codeLifetime } from "../sign-in/mailed-code.ts";
import { type SignInState, stateOf } from "../sign-in/state.ts";
import type { SignInFault } from "../sign-in/way.ts";
import { passwordAsked } from "../sign-in/ways/sign-up.ts";
import type { Purpose, Visit } from "./ceremony.ts";
import type { Context } from "./context.ts";
import { frameOf } from "./frame.ts";
import { meterPolicy, passwordMeterOf } from "./password-strength.ts";
import { newPasswordWords } from "./password-words.ts";
import { isResetOpen, resetHref } from "./reset.ts";

/** Why a page comes back, and what was typed. */
export interface Again {
  readonly fault: SignInFault;
  readonly email?: string;
  readonly name?: string | undefined;
}

/**
 * The page of the step at which a person is.
 * @param way what they want to do there, where that has a page of its own
 */
export async function shownStep(
  context: Context,
  request: HttpRequest,
  visit: Visit,
  again: Again | undefined,
  way?: string,
): Promise<HttpResponse> {
  const state = await stateOf(context, context.ways, visit);
  const frame = frameOf(context, request, {
    uiLocales: visit.wants.uiLocales,
    account: state.account ?? visit.person?.account,
    clientId: visit.interaction.clientId,
  });
  const code = new URLSearchParams(request.query).get("code")?.slice(0, 20);
  const shown = { context, visit, state, again, frame, code, way: way ?? firstWay(state, visit.wants) };
  const { passkeyRequest, passkeyCreation } = state.factors;
  return page(pageOf(shown), {
    status: again ? 400 : 200,
    // Upstreams too are where a form of this page leads.
    leaves: visit.purpose.kind === "client" || state.upstreams.length > 0,
    ...((passkeyRequest ?? passkeyCreation) && { script: context.passkeyScript.source }),
    ...(isSignUp(shown) && meterPolicy(context)),
  });
}

function isSignUp({ state: { place, actions }, way }: Pick<Shown, "state" | "way">): boolean {
  return place === "begin" && way === "sign-up" && actions.includes(way);
}

interface Shown {
  readonly context: Context;
  readonly visit: Visit;
  readonly state: SignInState;
  readonly again: Again | undefined;
  readonly frame: Frame;
  /** Of the link of a mail. */
  readonly code: string | undefined;
  readonly way: string | undefined;
}

function pageOf(shown: Shown): string {
  const { state, code } = shown;
  const { place, actions, factors, email = "" } = state;
  const common = commonOf(shown);
  switch (place) {
    case "begin":
      if (isSignUp(shown)) return signUpPage({ ...common, ...signingUp(shown) });
      return signInPage({ ...common, ...beginning(shown) });
    case "email-code":
      return mailedCodePage({
        ...common,
        email,
        step: "email-code",
        again: "email",
        lifetime: codeLifetime,
        ...(code !== undefined && { code }),
      });
    case "sign-up-code":
      return signUpCodePage({
        ...common,
        email,
        canSendAgain: actions.includes("sign-up"),
        lifetime: codeLifetime,
        ...(code !== undefined && { code }),
      });
    case "offered-passkey":
      return offeredPasskeyPage({ ...common, passkey: passkeyOf(shown) });
    case "second-factor":
      return secondFactorPage({
        ...common,
        email,
        passkey: passkeyOf(shown),
        oneTimePassword: actions.includes("one-time-password"),
        recoveryCode: actions.includes("recovery-code"),
        isRecoveryCodeWrong: shown.again?.fault === "recovery-code.wrong",
      });
    case "new-second-factor": {
      const app = actions.includes("new-one-time-password");
      return newSecondFactorPage({ ...common, passkey: passkeyOf(shown), app });
    }
    case "new-one-time-password": {
      const { uri = "", secret = "", qr = "" } = factors.oneTimePassword ?? {};
      const forms = { confirms: "confirm-one-time-password", other: "other-second-factor" };
      return newAppPage({ ...common, uri, secret, qr, ...forms });
    }
    case "recovery-codes":
      return recoveryCodesPage({
        ...common,
        codes: factors.recoveryCodes ?? [],
        keeps: "kept-recovery-codes",
      });
  }
}

function commonOf({ context, visit, state, again, frame }: Shown) {
  const { interaction, browser } = visit;
  const word = again?.fault ?? state.fault?.word;
  const error = word === undefined ? undefined : faultText(frame.words, word, state.fault?.upstream?.name);
  return {
    ...frame,
    action: `${context.basePath}/sign-in`,
    formToken: formToken(context.keys, browser, interaction.id),
    hidden: { interaction: interaction.id },
    ...(error !== undefined && { error }),
  };
}

/** The ways that a client may have its page begin with; a link of that page leads to the others. */
const alone = ["passkey", "email", "password"];

function beginning(shown: Shown) {
  const { context, visit, state, again, frame, way = "" } = shown;
  const email = again?.email ?? state.email;
  // Who was wrong is shown every way that there is.
  const only = again === undefined && alone.includes(way) && state.actions.includes(way) ? way : undefined;
  const can = (action: string) => state.actions.includes(action) && (only ?? action) === action;
  return {
    ...aboutOf(visit.purpose, frame.words),
    ...(email === undefined ? {} : { email }),
    ways: {
      password: can("password"),
      mail: can("email"),
      passkey: can("passkey") ? passkeyOf(shown) : undefined,
      upstreams: only === undefined ? state.upstreams : [],
      ...(only !== undefined && { otherWaysHref: signInHref(shown) }),
      ...(state.actions.includes("sign-up") && { signUpHref: wayHref(shown, "sign-up") }),
      ...(isResetOpen(context) && can("password") && { resetHref: resetHref(context, visit.interaction.id) }),
    },
    ...demoOf(context, frame.words),
  };
}

function signingUp(shown: Shown) {
  const { context, visit, state, again, frame } = shown;
  const { fault, email = state.email, name } = again ?? {};
  return {
    ...aboutOf(visit.purpose, frame.words),
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
    asksPassword: passwordAsked(context),
    minimumPasswordLength,
    meter: passwordMeterOf(context, visit.browser),
    signInHref: signInHref(shown),
    errorAt: (["email", "name", "password"] as const).find((field) => fault?.startsWith(`${field}.`)),
  };
}

/** The page with all ways, whatever the client has it begin with. */
function signInHref(shown: Shown): string {
  return wayHref(shown, "any");
}

function wayHref({ context: { basePath }, visit }: Shown, way: string): string {
  return `${basePath}/sign-in?interaction=${visit.interaction.id}&way=${way}`;
}

function demoOf({ settings: { demo } }: Context, words: Words) {
  return demo ? { demoAccounts: demoAccounts(demo.accounts, words) } : {};
}

function passkeyOf({ context, state }: Shown) {
  const { passkeyRequest, passkeyCreation } = state.factors;
  const scriptHref = context.passkeyScript.href;
  if (passkeyRequest) return { does: "get", options: passkeyRequest, scriptHref } as const;
  return passkeyCreation && ({ does: "create", options: passkeyCreation, scriptHref } as const);
}

export function faultText(words: Words, word: string, upstream = ""): string {
  const ofPassword = newPasswordWords(words, word);
  if (ofPassword !== undefined) return ofPassword;
  const { faults } = words;
  const known = Object.hasOwn(faults, word) ? faults[word as keyof typeof faults] : faults["page.stale"];
  return tell(known, { upstream });
}

function aboutOf(purpose: Purpose, { signIn: texts }: Words) {
  if (purpose.kind === "client") {
    const { client, redirectUri } = purpose.pending;
    return { client: { name: client.name, host: redirectHost(redirectUri) } };
  }
  const { to } = purpose.destination;
  return { purpose: to === "device" ? texts.toConnectDevice : texts.toSeeAccount };
}

function demoAccounts(accounts: Demo["accounts"], { signIn: texts }: Words) {
  return accounts.map(({ email, password, roles }) => ({
    email,
    password,
    note: roles.join(", ") || texts.noRole,
  }));
}
