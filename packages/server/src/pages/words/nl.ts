import { account } from "./nl/account.ts";
import { activity } from "./nl/account-activity.ts";
import { profile } from "./nl/account-data.ts";
import { accountPages } from "./nl/account-pages.ts";
import { security } from "./nl/account-security.ts";
import { places, sessions } from "./nl/account-sessions.ts";
import { appAccess, consent } from "./nl/consent.ts";
import { device } from "./nl/device.ts";
import { errors } from "./nl/errors.ts";
import { frame, time, userAgent } from "./nl/frame.ts";
import { home, setUp } from "./nl/home.ts";
import { mail } from "./nl/mail.ts";
import { newPassword } from "./nl/passwords.ts";
import { invitation, reset, signUp, verification } from "./nl/people.ts";
import { signIn, signOut } from "./nl/sign-in.ts";
import { faults, steps } from "./nl/steps.ts";
import type { Words } from "./words.ts";

/** Dutch; the person is addressed as "u". */
export const nl: Words = {
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
