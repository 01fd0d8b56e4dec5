import { account } from "./ja/account.ts";
import { activity } from "./ja/account-activity.ts";
import { profile } from "./ja/account-data.ts";
import { accountPages } from "./ja/account-pages.ts";
import { security } from "./ja/account-security.ts";
import { places, sessions } from "./ja/account-sessions.ts";
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
  accountPages,
  security,
  sessions,
  places,
  activity,
  profile,
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
