import { account } from "./nl/account.ts";
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
