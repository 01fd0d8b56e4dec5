/** Signing in, beyond the password. */
export const steps = {
  withPasskey: "Sign in with a passkey",
  mailCode: "Email me a code",
  continueWith: "Continue with {upstream}",
  forgot: "Forgot your password?",
  signUp: "Create an account",
  otherWays: "Other ways to sign in",
  restart: "Start again",

  codeTitle: "Check your email",
  /** The same whether there is an account or not. */
  codeLead:
    "If **{email}** has an account here, a code is on its way. It is good for {minutes} and only in this browser.",
  code: "Code",
  codeSubmit: "Sign in",
  codeAgain: "Send another code",

  secondTitle: "One more step",
  secondLead: "Confirm that it is you, **{email}**.",
  appCode: "Code from your authenticator app",
  recoveryCode: "Recovery code",
  recoverySummary: "Use a recovery code instead",
  recoveryHint: "Each code works once.",
  usePasskey: "Use a passkey",
  confirm: "Confirm",

  newSecondTitle: "Set up a second step",
  newSecondLead: "Your account needs a second way to confirm that it is you.",
  newPasskey: "Create a passkey",
  newPasskeyHint: "Your device’s screen lock, a security key, or your phone. Nothing to type.",
  newApp: "Use an authenticator app",
  newAppHint: "An app on your phone shows a new code every 30 seconds.",

  appTitle: "Connect your authenticator app",
  appScan: "Scan this picture with the app, or type the key.",
  appPicture: "QR code for your authenticator app",
  appKey: "Key",
  appOpen: "Open in the app on this device",
  appFirstCode: "Then type the code that the app shows",
  appOther: "Use something else",

  recoveryTitle: "Keep your recovery codes",
  recoveryLead:
    "If you lose your phone, each of these codes lets you in once. They are shown only now: print them or put them where you keep passwords.",
  recoveryKept: "I have kept them",

  passkeyCancelled: "No passkey was used. Try again, or sign in another way.",
  passkeyKnown: "This device already has a passkey for your account.",
  passkeyFailed: "The browser could not use a passkey here.",
};

/** What a person is told when a step did not work. */
export const faults = {
  "password.wrong": "Email or password is wrong.",
  "passkey.refused": "This passkey was not accepted. Try again, or sign in another way.",
  "code.wrong": "This code is wrong or no longer good. Check your newest email, or send another code.",
  "code.spent": "This code was used or is no longer good. Send another one.",
  "one-time-password.wrong": "This code is wrong. Wait for the next one that your app shows.",
  "recovery-code.wrong": "This recovery code is wrong or was used before.",
  "email.invalid": "Give an email address.",
  "name.missing": "Give a name.",
  "invitation.spent": "This invitation was used or is no longer good. Ask for another one.",
  "upstream.disabled": "Signing in this way is switched off. Choose another way.",
  "upstream.unreachable": "{upstream} does not answer. Try again in a moment, or choose another way.",
  "upstream.denied": "{upstream} did not sign you in. Try again, or choose another way.",
  "upstream.answer":
    "The answer of {upstream} could not be accepted. Try again; if it happens again, tell the people who run this server.",
  "upstream.not-linked":
    "An account here has the same email address. Sign in as you did before, then connect {upstream} on your account page.",
  "upstream.no-email":
    "{upstream} did not name an email address that is proven to be yours. Confirm your address there, allow it to be told, and try again; or choose another way.",
  "upstream.changed":
    "The account here with this email address is connected with another {upstream} account. Use that one, or sign in another way and connect this one on your account page.",
  "upstream.taken":
    "This {upstream} account is connected with another account here. Sign in with it to see which one.",
  "upstream.stranger":
    "No account here belongs to this sign-in. If you have one, sign in as you did before and connect {upstream} on your account page. If not, ask the people who run this server.",
  "upstream.stale":
    "{upstream} did not ask you to prove again who you are, and that is needed now. Sign out there and try again, or choose another way.",
  "account.off": "This account is switched off. Ask the people who run this server.",
  "page.stale": "This page is no longer up to date. Start again here.",
};
