import { invalidRequest, tooManyRequests } from "@valetkey/protocol/errors";
import { json } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint } from "../http/message.ts";
import { judgeStrength, type PasswordVerdict } from "../operations/new-password.ts";
import type { PasswordMeter } from "../pages/password-meter.ts";
import type { Words } from "../pages/words/words.ts";
import { requireRoom } from "../sign-in/attempt.ts";
import type { Context } from "./context.ts";
import { frameOf } from "./frame.ts";
import { requireJson } from "./json-body.ts";
import { passwordWords } from "./password-words.ts";

export const passwordStrengthPath = "/password-strength";
const purpose = "password-strength";

/** Characters of a body: the longest password, each of its bytes escaped, and whose it is. */
const longestBody = 10_000;
/** Questions that are judged at once. The judge takes one at a time, and those who send a form must not wait behind these. */
const mostAtOnce = 4;

/** For a page on which a new password is typed. @param browser the value of its browser's cookie */
export function passwordMeterOf(
  { keys, basePath, passwordScript }: Pick<Context, "keys" | "basePath" | "passwordScript">,
  browser: string,
): PasswordMeter {
  return {
    href: `${basePath}${passwordStrengthPath}`,
    formToken: formToken(keys, browser, purpose),
    scriptHref: passwordScript.href,
  };
}

/** What the policy of such a page allows beside what every page may. */
export function meterPolicy({ passwordScript }: Pick<Context, "passwordScript">) {
  return { script: passwordScript.source, asks: true } as const;
}

/**
 * How strong a password is that somebody types on a page of ours: 0 to 4, and the sentence that they are told. It is kept
 * nowhere, and no other server is asked for it; whether it leaked is judged when the form is sent.
 */
export function passwordStrength(context: Context): Endpoint {
  const { keys, cookies, clock, limiter, settings, strength } = context;
  let atOnce = 0;
  return async (request) => {
    if (request.body.length > longestBody)
      throw invalidRequest("The body is too long.", "parameter.malformed", { fact: "password" });
    const given = requireJson(request);
    requireFormToken(keys, request, given, cookies.read(request, "browser"), purpose, settings.issuer);
    const now = clock.now();
    const counter = ["password_strength", request.address] as const;
    requireRoom(limiter, [counter], now);
    limiter.count(...counter, now);
    if (atOnce >= mostAtOnce) throw tooManyRequests(1, "request.rate");
    const { words } = frameOf(context, request, { uiLocales: given.optional("ui_locales")?.slice(0, 200) });
    const owner = {
      email: given.optional("email")?.slice(0, 320) ?? "",
      name: given.optional("name")?.slice(0, 200) ?? "",
      productName: settings.productName,
    };
    atOnce++;
    try {
      const verdict = await judgeStrength({ strength }, given.optional("password") ?? "", owner);
      return json(200, said(words, verdict));
    } finally {
      atOnce--;
    }
  };
}

/** Nothing where nobody judged it. */
function said(words: Words, { fault, score }: Pick<PasswordVerdict, "fault" | "score">) {
  if (score === "unknown") return {};
  const { good, strong } = words.newPassword;
  return { score, message: fault ? passwordWords(words, fault) : score === 4 ? strong : good };
}
