import type { Words } from "../words.ts";

export const profile: Words["profile"] = {
  title: "Ihre Daten",
  about: "Über Sie",
  name: "Name",
  language: "Sprache der Seiten und E-Mails",
  anyLanguage: "Die des Browsers",
  save: "Speichern",
  saved: "Gespeichert.",
  download: "Herunterladen",
  downloadLead:
    "Alles, was über Sie aufbewahrt wird, als JSON: Ihr Konto, Passkeys, Geräte, Apps und was geschehen ist. Passwörter und Geheimnisse sind nicht enthalten.",
  downloadSubmit: "Ihre Daten herunterladen",
  remove: "Konto löschen",
  removeLead: "Ihr Konto und alles darin wird sofort gelöscht, und niemand kann es wiederherstellen.",
  removeTitle: "Ihr Konto löschen?",
  removeConsequences:
    "Sie werden überall abgemeldet, jede App und jeder Agent verliert den Zugriff, und Ihre Passkeys, Ihr Passwort und die verbundenen Konten melden Sie nicht mehr an. Was geschehen ist, bleibt im Protokoll dieses Servers, bis es alt genug ist, um gelöscht zu werden.",
  removeType: "Um fortzufahren, geben Sie die Adresse dieses Kontos ein: **{email}**",
  removeEmail: "Adresse dieses Kontos",
  removeSubmit: "Das Konto endgültig löschen",
  removeWrong: "Das ist nicht die Adresse dieses Kontos.",
  removedTitle: "Ihr Konto ist gelöscht",
  removed: "Ihr Konto und alles darin ist gelöscht. Auf Wiedersehen.",
};
