import { account } from "./fr/account.ts";
import { activity } from "./fr/account-activity.ts";
import { profile } from "./fr/account-data.ts";
import { accountPages } from "./fr/account-pages.ts";
import { security } from "./fr/account-security.ts";
import { places, sessions } from "./fr/account-sessions.ts";
import { appAccess, consent } from "./fr/consent.ts";
import { device } from "./fr/device.ts";
import { errors } from "./fr/errors.ts";
import { frame, time, userAgent } from "./fr/frame.ts";
import { home, setUp } from "./fr/home.ts";
import { mail } from "./fr/mail.ts";
import { newPassword } from "./fr/passwords.ts";
import { invitation, reset, signUp, verification } from "./fr/people.ts";
import { signIn, signOut } from "./fr/sign-in.ts";
import { faults, steps } from "./fr/steps.ts";
import type { Words } from "./words.ts";

/** French; the person is addressed as "vous". */
export const fr: Words = {
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
