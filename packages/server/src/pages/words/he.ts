import { account } from "./he/account.ts";
import { activity } from "./he/account-activity.ts";
import { profile } from "./he/account-data.ts";
import { accountPages } from "./he/account-pages.ts";
import { security } from "./he/account-security.ts";
import { places, sessions } from "./he/account-sessions.ts";
import { appAccess, consent } from "./he/consent.ts";
import { device } from "./he/device.ts";
import { errors } from "./he/errors.ts";
import { frame, time, userAgent } from "./he/frame.ts";
import { home, setUp } from "./he/home.ts";
import { mail } from "./he/mail.ts";
import { newPassword } from "./he/passwords.ts";
import { invitation, reset, signUp, verification } from "./he/people.ts";
import { signIn, signOut } from "./he/sign-in.ts";
import { faults, steps } from "./he/steps.ts";
import type { Words } from "./words.ts";

/** Hebrew; the person is addressed by infinitives and nouns, so that no gender is assumed where it can be left out; right to left. */
export const he: Words = {
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
