import type { ConfigFault } from "./fault.ts";
import { mailPlanOf } from "./mail-plan.ts";
import type { Config } from "./schema.ts";
import { offersPasskeys } from "./sign-in-plan.ts";

/** What would leave everybody outside. */
export function signInContradictions(config: Config): (ConfigFault | false)[] {
  const { sign_in: given, upstreams } = config;
  const hasPasskeys = offersPasskeys(config);
  const canMail = given.email && mailPlanOf(config).kind !== "none";
  const hasUpstream = Object.values(upstreams).some(({ enabled }) => enabled);
  return [
    !given.password &&
      !hasPasskeys &&
      !canMail &&
      !hasUpstream && {
        name: "sign_in",
        reason:
          "leaves no way to sign in: a code by mail takes mail.smtp, a passkey an issuer with a host name",
        example: "For example: password: true, or an upstream that is enabled",
      },
    given.second_factor === "required" &&
      !hasPasskeys &&
      !given.one_time_passwords && {
        name: "sign_in.second_factor",
        reason:
          "is required, while neither passkeys nor one-time passwords are offered: nobody could sign in",
        example: "For example: one_time_passwords: true",
      },
  ];
}
