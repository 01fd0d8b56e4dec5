/** How people come to an account, and back to it. */
export const signUp = {
  title: "Create an account",
  name: "Name",
  email: "Email",
  password: "Password",
  /** Where the password may stay empty. */
  optionalPassword: "Password, if you want one",
  passwordHint: "At least {minimum} characters. A sentence is good.",
  noPasswordHint: "Without one, we email you a code each time you sign in.",
  submit: "Continue",
  haveAccount: "I have an account: sign in",
  codeTitle: "Check your email",
  /** The same where the address has an account already: only the mail says so. */
  codeLead:
    "An email is on its way to **{email}**. Type the code in it: it is good for {minutes}, and only in this browser. If the address already has an account, the email says so.",
  codeSubmit: "Create the account",
};

/** A password that was forgotten. */
export const reset = {
  title: "Forgot your password?",
  lead: "Give the address of your account. We will email you a link to set a new password.",
  submit: "Email me a link",
  sentTitle: "Check your email",
  /** The same whether there is an account or not. */
  sent: "If **{email}** has an account here, an email with a link is on its way. The link is good for {minutes}.",
  sentHint: "No email? Look in your spam folder, check the address, or ask again in a few minutes.",
  newTitle: "Set a new password",
  newPassword: "New password",
  signOut: "Sign out everywhere",
  signOutHint: "Every browser in which you are signed in has to sign in again.",
  endAccess: "End the access of all apps and agents too",
  endAccessHint: "Each of them has to ask you anew. Do this if somebody else may have used your account.",
  newSubmit: "Set the password",
  doneTitle: "Your new password is set",
  done: "Sign in with it from now on.",
  doneSignedOut: "Every browser has to sign in again.",
  doneEndedAccess: "No app and no agent has access any more.",
  spentTitle: "This link no longer works",
  spent: "A link for a new password works once and for a short time, and only the newest one does.",
  spentAgain: "Ask for another one",
};

/** An account for somebody whom the operator invited. */
export const invitation = {
  title: "You are invited",
  lead: "Create your account at {product}.",
  submit: "Create the account",
  passwordless: "You can set a password or a passkey on your account page.",
  spentTitle: "This invitation no longer works",
  spent: "An invitation works once and for a limited time.",
  spentWhatToDo:
    "If you created your account with it, sign in. If not, ask whoever invited you for another one.",
};

/** An address that its person has not confirmed yet. */
export const verification = {
  title: "Confirm your address",
  lead: "Is **{email}** your address?",
  submit: "Yes, confirm it",
  doneTitle: "Your address is confirmed",
  done: "**{email}** is confirmed.",
  spentTitle: "This link no longer works",
  spent: "A link that confirms an address works once and for a limited time.",
  spentWhatToDo: "If your address is not confirmed yet, ask for another link on your account page.",
};
