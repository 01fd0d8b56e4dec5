import { account } from "./it/account.ts";
import { activity } from "./it/account-activity.ts";
import { profile } from "./it/account-data.ts";
import { accountPages } from "./it/account-pages.ts";
import { security } from "./it/account-security.ts";
import { places, sessions } from "./it/account-sessions.ts";
import { appAccess, consent } from "./it/consent.ts";
import { device } from "./it/device.ts";
import { errors } from "./it/errors.ts";
import { frame, time, userAgent } from "./it/frame.ts";
import { home, setUp } from "./it/home.ts";
import { mail } from "./it/mail.ts";
import { newPassword } from "./it/passwords.ts";
import { invitation, reset, signUp, verification } from "./it/people.ts";
import { signIn, signOut } from "./it/sign-in.ts";
import { faults, steps } from "./it/steps.ts";
import type { Words } from "./words.ts";

/** Italian; the person is addressed as "tu", as is usual there. */
export const it: Words = {
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
