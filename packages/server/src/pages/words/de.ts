import { account } from "./de/account.ts";
import { activity } from "./de/account-activity.ts";
import { profile } from "./de/account-data.ts";
import { accountPages } from "./de/account-pages.ts";
import { security } from "./de/account-security.ts";
import { places, sessions } from "./de/account-sessions.ts";
import { appAccess, consent } from "./de/consent.ts";
import { device } from "./de/device.ts";
import { errors } from "./de/errors.ts";
import { frame, time, userAgent } from "./de/frame.ts";
import { home, setUp } from "./de/home.ts";
import { mail } from "./de/mail.ts";
import { newPassword } from "./de/passwords.ts";
import { invitation, reset, signUp, verification } from "./de/people.ts";
import { signIn, signOut } from "./de/sign-in.ts";
import { faults, steps } from "./de/steps.ts";
import type { Words } from "./words.ts";

/** German; the person is addressed as "Sie". */
export const de: Words = {
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
