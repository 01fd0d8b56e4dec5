import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import { requireSafeAddress, rulesFor } from "../address.ts";
import type { DpopKey } from "../dpop-key.ts";
import { AgentError, isAgentError } from "../errors.ts";
import type { Instant, Pause } from "../instant.ts";
import { type Conversation, postForm } from "../issuer/conversation.ts";
import { type Issued, refusalOf, requireIssued } from "../issuer/token-answer.ts";
import type { Wish } from "./authorization.ts";

/** What the person is shown. RFC 8628 §3.2, §3.3 */
export interface DeviceCode {
  readonly userCode: string;
  readonly verificationUri: string;
  /** The same with the code in it, for a QR code. The person still compares the code (§5.4). */
  readonly verificationUriComplete: string | undefined;
  readonly expiresAt: Instant;
}

export interface DeviceSignIn {
  show(code: DeviceCode): Promise<void> | void;
  readonly pause: Pause;
  readonly signal?: AbortSignal | undefined;
}

interface Started {
  readonly deviceCode: string;
  readonly interval: number;
  readonly shown: DeviceCode;
}

/** RFC 8628 §3.5: seconds between two questions where the issuer does not say, and what slow_down adds. */
const usualInterval = 5;
const slower = 5;
/** The longest that a code is waited for, and the longest between two questions, whatever the issuer says or does not say. */
const longest = 3_600;
const rarest = 60;

/**
 * RFC 8628: the person allows it on another device, and this one asks until they have.
 * @throws AgentError device-unsupported, sign-in-refused, sign-in-abandoned, and those of the token endpoint
 */
export async function signInWithDevice(
  conversation: Conversation,
  wish: Wish,
  { show, pause, signal }: DeviceSignIn,
  key?: DpopKey,
): Promise<Issued> {
  const { deviceCode, interval, shown } = await start(conversation, wish, key);
  await show(shown);
  let wait = interval;
  for (;;) {
    await pause(wait, signal).catch(() => {
      throw abandoned("The sign-in was broken off");
    });
    if (conversation.now() >= shown.expiresAt) throw abandoned("The code has expired");
    const word = await ask(conversation, deviceCode, key);
    if (typeof word !== "string") return word;
    if (word === "slow_down") wait += slower;
    // §3.5: whoever gets no answer asks less and less often.
    if (word === "unreachable") wait = Math.max(wait, Math.min(wait * 2, rarest));
  }
}

async function start(
  conversation: Conversation,
  { resource, scopes }: Wish,
  key: DpopKey | undefined,
): Promise<Started> {
  const { issuer, now } = conversation;
  if (!issuer.deviceAuthorizationEndpoint) {
    throw new AgentError("device-unsupported", `${issuer.issuer} gives no codes for other devices.`);
  }
  // RFC 9449 §10, as with authorization codes: an issuer that knows it lets nobody else's key fetch the tokens.
  const form = { scope: scopes?.join(" ") || undefined, resource, dpop_jkt: key?.thumbprint };
  const answer = await postForm(conversation, issuer.deviceAuthorizationEndpoint, form);
  if (answer.status !== 200) throw refusalOf(answer, issuer.issuer);
  const { device_code, user_code, verification_uri, verification_uri_complete, ...times } = answer.body ?? {};
  if (
    typeof device_code !== "string" ||
    typeof user_code !== "string" ||
    !/^[\x21-\x7E ]{1,64}$/.test(user_code)
  ) {
    throw new AgentError("answer-malformed", `${issuer.issuer} gave no code for another device.`);
  }
  const rules = rulesFor(issuer.issuer);
  const address = (uri: unknown) => requireSafeAddress(String(uri), rules, "the page for the code").href;
  return {
    deviceCode: device_code,
    interval: seconds(times.interval, usualInterval, rarest),
    shown: {
      userCode: user_code,
      verificationUri: address(verification_uri),
      verificationUriComplete:
        verification_uri_complete === undefined ? undefined : address(verification_uri_complete),
      expiresAt: now() + seconds(times.expires_in, 600, longest),
    },
  };
}

/** The tokens, or the word for why not yet. */
async function ask(
  conversation: Conversation,
  deviceCode: string,
  key: DpopKey | undefined,
): Promise<Issued | "authorization_pending" | "slow_down" | "unreachable"> {
  const form = { grant_type: deviceCodeGrant, device_code: deviceCode };
  try {
    const answer = await postForm(conversation, conversation.issuer.tokenEndpoint, form, key);
    return requireIssued(conversation, answer, key !== undefined);
  } catch (thrown) {
    if (!isAgentError(thrown)) throw thrown;
    const word = thrown.facts.oauthError;
    if (word === "authorization_pending" || word === "slow_down") return word;
    if (word === "expired_token") throw abandoned("The code has expired");
    if (word === "access_denied") {
      throw new AgentError(
        "sign-in-refused",
        `${conversation.issuer.issuer} answered that it was not allowed.`,
      );
    }
    if (thrown.code === "unreachable") return "unreachable";
    throw thrown;
  }
}

function seconds(value: unknown, usual: number, most: number): number {
  return typeof value === "number" && value >= 1 ? Math.min(Math.floor(value), most) : usual;
}

function abandoned(happened: string): AgentError {
  return new AgentError("sign-in-abandoned", `${happened}.`);
}
