import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "Anmelden",
  email: "E-Mail-Adresse",
  password: "Passwort",
  submit: "Anmelden",
  toLet: "damit **{client}** auf **{resource}** zugreifen kann",
  toContinue: "um mit **{client}** fortzufahren",
  toConnectDevice: "um ein Gerät zu verbinden",
  toSeeAccount: "um zu sehen, wem Sie Zugriff gegeben haben",
  wrong: "E-Mail-Adresse oder Passwort ist falsch.",
  demonstration: "Konten zum Ausprobieren",
  demonstrationHint: "Nur auf einem Entwicklungsserver zu sehen.",
  noRole: "keine weitere Rolle",
};

export const signOut: Words["signOut"] = {
  title: "Abmelden?",
  clientAsks: "**{client}** möchte Sie abmelden.",
  signedIn: "Sie sind bei {product} als **{email}** angemeldet.",
  stay: "Angemeldet bleiben",
  submit: "Abmelden",
  doneTitle: "Abgemeldet",
  doneHeading: "Sie sind abgemeldet",
  done: "Dieser Browser ist bei {product} abgemeldet. Apps, denen Sie Zugriff erlaubt haben, behalten ihn, bis er beendet wird oder abläuft.",
  signInAgain: "Wieder anmelden",
};
