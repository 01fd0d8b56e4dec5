import { account } from "./pl/account.ts";
import { activity } from "./pl/account-activity.ts";
import { profile } from "./pl/account-data.ts";
import { accountPages } from "./pl/account-pages.ts";
import { security } from "./pl/account-security.ts";
import { places, sessions } from "./pl/account-sessions.ts";
import { appAccess, consent } from "./pl/consent.ts";
import { device } from "./pl/device.ts";
import { errors } from "./pl/errors.ts";
import { frame, time, userAgent } from "./pl/frame.ts";
import { home, setUp } from "./pl/home.ts";
import { mail } from "./pl/mail.ts";
import { newPassword } from "./pl/passwords.ts";
import { invitation, reset, signUp, verification } from "./pl/people.ts";
import { signIn, signOut } from "./pl/sign-in.ts";
import { faults, steps } from "./pl/steps.ts";
import type { Words } from "./words.ts";

/** Polish; the person is addressed without a gender, by verbs alone where it can be. */
export const pl: Words = {
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
