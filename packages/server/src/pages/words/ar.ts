import { account } from "./ar/account.ts";
import { appAccess, consent } from "./ar/consent.ts";
import { device } from "./ar/device.ts";
import { errors } from "./ar/errors.ts";
import { frame, time, userAgent } from "./ar/frame.ts";
import { home, setUp } from "./ar/home.ts";
import { mail } from "./ar/mail.ts";
import { newPassword } from "./ar/passwords.ts";
import { invitation, reset, signUp, verification } from "./ar/people.ts";
import { signIn, signOut } from "./ar/sign-in.ts";
import { faults, steps } from "./ar/steps.ts";
import type { Words } from "./words.ts";

/** Modern Standard Arabic; right to left. */
export const ar: Words = {
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
