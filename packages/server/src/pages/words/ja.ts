import { account } from "./ja/account.ts";
import { appAccess, consent } from "./ja/consent.ts";
import { device } from "./ja/device.ts";
import { errors } from "./ja/errors.ts";
import { frame, time, userAgent } from "./ja/frame.ts";
import { home, setUp } from "./ja/home.ts";
import { mail } from "./ja/mail.ts";
import { newPassword } from "./ja/passwords.ts";
import { invitation, reset, signUp, verification } from "./ja/people.ts";
import { signIn, signOut } from "./ja/sign-in.ts";
import { faults, steps } from "./ja/steps.ts";
import type { Words } from "./words.ts";

/** Japanese, in the polite form. */
export const ja: Words = {
  frame,
  time,
  userAgent,
  signIn,
  signOut,
  steps,
  faults,
  appAccess,
  consent,
  device,
  account,
  errors,
  home,
  setUp,
  newPassword,
  signUp,
  reset,
  invitation,
  verification,
  mail,
};
