import { account } from "./ar/account.ts";
import { activity } from "./ar/account-activity.ts";
import { profile } from "./ar/account-data.ts";
import { accountPages } from "./ar/account-pages.ts";
import { security } from "./ar/account-security.ts";
import { places, sessions } from "./ar/account-sessions.ts";
import { appAccess, consent } from "./ar/consent.ts";
import { device } from "./ar/device.ts";
import { errors } from "./ar/errors.ts";
import { frame, time, userAgent } from "./ar/frame.ts";
import { home, setUp } from "./ar/home.ts";
import { mail } from "./ar/mail.ts";
import { newPassword } from "./ar/passwords.ts";
import { invitation, reset, signUp, verification } from "./ar/people.ts";
import { signIn, signOut } from "./ar/sign-in.ts";
import { faults, steps } from "./ar/steps.ts";
import type { Words } from "./words.ts";

/** Modern Standard Arabic; right to left. */
export const ar: Words = {
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
