import type { Way } from "../way.ts";
import { email } from "./email.ts";
import { emailCode } from "./email-code.ts";
import {
  confirmOneTimePasswords,
  keptRecoveryCodes,
  newOneTimePasswords,
  newPasskey,
  otherSecondFactor,
} from "./new-second-factor.ts";
import { noPasskey } from "./offered-passkey.ts";
import { oneTimePassword } from "./one-time-password.ts";
import { passkey } from "./passkey.ts";
import { password } from "./password.ts";
import { recoveryCode } from "./recovery-code.ts";
import { signUp } from "./sign-up.ts";
import { signUpCode } from "./sign-up-code.ts";
import { upstream } from "./upstream.ts";

/** Every way in, by the name of its action. A new one is a file of its own and a line here. */
export function wayTable(): ReadonlyMap<string, Way> {
  const ways: readonly Way[] = [
    passkey,
    password,
    email,
    emailCode,
    upstream,
    signUp,
    signUpCode,
    noPasskey,
    oneTimePassword,
    recoveryCode,
    newPasskey,
    newOneTimePasswords,
    confirmOneTimePasswords,
    otherSecondFactor,
    keptRecoveryCodes,
  ];
  return new Map(ways.map((way) => [way.action, way]));
}
