import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "Inloggen",
  email: "E-mailadres",
  password: "Wachtwoord",
  submit: "Inloggen",
  toLet: "om **{client}** gebruik te laten maken van **{resource}**",
  toContinue: "om door te gaan naar **{client}**",
  toConnectDevice: "om een apparaat te verbinden",
  toSeeAccount: "om te zien wie u toegang hebt gegeven",
  wrong: "Het e-mailadres of het wachtwoord is onjuist.",
  demonstration: "Demonstratieaccounts",
  demonstrationHint: "Te zien omdat dit een ontwikkelserver is.",
  noRole: "geen andere rol",
};

export const signOut: Words["signOut"] = {
  title: "Uitloggen?",
  clientAsks: "**{client}** vraagt om u uit te loggen.",
  signedIn: "U bent bij {product} ingelogd als **{email}**.",
  stay: "Ingelogd blijven",
  submit: "Uitloggen",
  doneTitle: "Uitgelogd",
  doneHeading: "U bent uitgelogd",
  done: "Deze browser is uitgelogd bij {product}. Apps die u hebt toegestaan houden hun toegang tot die wordt beëindigd of verloopt.",
  signInAgain: "Opnieuw inloggen",
};
