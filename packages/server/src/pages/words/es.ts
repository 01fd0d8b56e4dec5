import { account } from "./es/account.ts";
import { activity } from "./es/account-activity.ts";
import { profile } from "./es/account-data.ts";
import { accountPages } from "./es/account-pages.ts";
import { security } from "./es/account-security.ts";
import { places, sessions } from "./es/account-sessions.ts";
import { appAccess, consent } from "./es/consent.ts";
import { device } from "./es/device.ts";
import { errors } from "./es/errors.ts";
import { frame, time, userAgent } from "./es/frame.ts";
import { home, setUp } from "./es/home.ts";
import { mail } from "./es/mail.ts";
import { newPassword } from "./es/passwords.ts";
import { invitation, reset, signUp, verification } from "./es/people.ts";
import { signIn, signOut } from "./es/sign-in.ts";
import { faults, steps } from "./es/steps.ts";
import type { Words } from "./words.ts";

/** Spanish; the person is addressed as "usted", without the pronoun where it can be left out. */
export const es: Words = {
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
