export const signIn = {
  title: "Sign in",
  email: "Email",
  password: "Password",
  submit: "Sign in",
  /** Goes on after the title. */
  toLet: "to let **{client}** use **{resource}**",
  toContinue: "to continue to **{client}**",
  toConnectDevice: "to connect a device",
  toSeeAccount: "to see what you let in",
  /** The same for an unknown account and a wrong password. */
  wrong: "Email or password is wrong.",
  demonstration: "Demonstration accounts",
  demonstrationHint: "Shown because this is a development server.",
  noRole: "no further role",
};

export const signOut = {
  title: "Sign out?",
  clientAsks: "**{client}** asks to sign you out.",
  signedIn: "You are signed in to {product} as **{email}**.",
  stay: "Stay signed in",
  submit: "Sign out",
  doneTitle: "Signed out",
  doneHeading: "You are signed out",
  done: "This browser is signed out of {product}. Apps that you allowed keep their access until it is ended or expires.",
  signInAgain: "Sign in again",
};
