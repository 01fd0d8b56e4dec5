import type { Words } from "./words.ts";
import { account } from "./zh/account.ts";
import { activity } from "./zh/account-activity.ts";
import { profile } from "./zh/account-data.ts";
import { accountPages } from "./zh/account-pages.ts";
import { security } from "./zh/account-security.ts";
import { places, sessions } from "./zh/account-sessions.ts";
import { appAccess, consent } from "./zh/consent.ts";
import { device } from "./zh/device.ts";
import { errors } from "./zh/errors.ts";
import { frame, time, userAgent } from "./zh/frame.ts";
import { home, setUp } from "./zh/home.ts";
import { mail } from "./zh/mail.ts";
import { newPassword } from "./zh/passwords.ts";
import { invitation, reset, signUp, verification } from "./zh/people.ts";
import { signIn, signOut } from "./zh/sign-in.ts";
import { faults, steps } from "./zh/steps.ts";

/** Chinese in simplified characters. */
export const zh: Words = {
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
