import type { Words } from "../words.ts";

export const sessions: Words["sessions"] = {
  title: "Wo Sie angemeldet sind",
  lead: "Browser, die bei Ihrem Konto angemeldet sind. Was Sie nicht kennen, melden Sie ab; ändern Sie dann Ihr Passwort.",
  current: "Dieser Browser",
  place: "{place}. Angemeldet {since}; zuletzt benutzt {used}.",
  end: "Abmelden",
  endOthers: "Überall sonst abmelden",
  unnamed: "Ein Browser, der nicht gesagt hat, was er ist",
  ended: "Dieser Browser ist abgemeldet.",
  othersEnded: "Jeder andere Browser ist abgemeldet.",
};

export const places: Words["places"] = {
  thisComputer: "Dieser Computer",
  privateNetwork: "Ein privates Netz",
  unknown: "Ein unbekannter Ort",
  city: "{city}, {country}",
};
