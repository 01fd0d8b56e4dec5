import { account } from "./pt/account.ts";
import { activity } from "./pt/account-activity.ts";
import { profile } from "./pt/account-data.ts";
import { accountPages } from "./pt/account-pages.ts";
import { security } from "./pt/account-security.ts";
import { places, sessions } from "./pt/account-sessions.ts";
import { appAccess, consent } from "./pt/consent.ts";
import { device } from "./pt/device.ts";
import { errors } from "./pt/errors.ts";
import { frame, time, userAgent } from "./pt/frame.ts";
import { home, setUp } from "./pt/home.ts";
import { mail } from "./pt/mail.ts";
import { newPassword } from "./pt/passwords.ts";
import { invitation, reset, signUp, verification } from "./pt/people.ts";
import { signIn, signOut } from "./pt/sign-in.ts";
import { faults, steps } from "./pt/steps.ts";
import type { Words } from "./words.ts";

/** Portuguese as it is written in Brazil and understood in Portugal; the person is addressed as "você". */
export const pt: Words = {
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
