import { account } from "./en/account.ts";
import { activity } from "./en/account-activity.ts";
import { profile } from "./en/account-data.ts";
import { accountPages } from "./en/account-pages.ts";
import { security } from "./en/account-security.ts";
import { places, sessions } from "./en/account-sessions.ts";
import { appAccess, consent } from "./en/consent.ts";
import { device } from "./en/device.ts";
import { errors } from "./en/errors.ts";
import { frame, time, userAgent } from "./en/frame.ts";
import { home, setUp } from "./en/home.ts";
import { mail } from "./en/mail.ts";
import { newPassword } from "./en/passwords.ts";
import { invitation, reset, signUp, verification } from "./en/people.ts";
import { signIn, signOut } from "./en/sign-in.ts";
import { faults, steps } from "./en/steps.ts";

/**
 * English. Plain text: `{name}` stands for what the page puts there, `**` around words makes them strong. A key that is
 * added here and in `de.ts` is asked of every other language by the type checker.
 */
export const en = {
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
