import type { Words } from "../words.ts";

export const sessions: Words["sessions"] = {
  title: "Wo Sie angemeldet sind",
  lead: "Browser, die bei Ihrem Konto angemeldet sind. Melden Sie ab, was Sie nicht kennen, und ändern Sie dann Ihr Passwort.",
  current: "Dieser Browser",
  place: "{place}. Angemeldet {since}; zuletzt benutzt {used}.",
  end: "Abmelden",
  endOthers: "Überall sonst abmelden",
  unnamed: "Ein Browser, der nicht gesagt hat, was er ist",
  ended: "Der Browser wurde abgemeldet.",
  othersEnded: "Jeder andere Browser wurde abgemeldet.",
};

export const places: Words["places"] = {
  thisComputer: "Dieser Computer",
  privateNetwork: "Ein privates Netz",
  unknown: "Ein unbekannter Ort",
  city: "{city}, {country}",
};
