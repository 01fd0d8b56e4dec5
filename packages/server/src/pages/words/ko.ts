import { account } from "./ko/account.ts";
import { activity } from "./ko/account-activity.ts";
import { profile } from "./ko/account-data.ts";
import { accountPages } from "./ko/account-pages.ts";
import { security } from "./ko/account-security.ts";
import { places, sessions } from "./ko/account-sessions.ts";
import { appAccess, consent } from "./ko/consent.ts";
import { device } from "./ko/device.ts";
import { errors } from "./ko/errors.ts";
import { frame, time, userAgent } from "./ko/frame.ts";
import { home, setUp } from "./ko/home.ts";
import { mail } from "./ko/mail.ts";
import { newPassword } from "./ko/passwords.ts";
import { invitation, reset, signUp, verification } from "./ko/people.ts";
import { signIn, signOut } from "./ko/sign-in.ts";
import { faults, steps } from "./ko/steps.ts";
import type { Words } from "./words.ts";

/** Korean, in the polite form. */
export const ko: Words = {
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
