import type { Words } from "../words.ts";

export const consent: Words["consent"] = {
  title: "Zugriff erlauben?",
  wantsAccess: "bittet um Zugriff",
  wantsAccessTo: "bittet um Zugriff auf {resource}",
  refuse: "Ablehnen",
  allow: "Erlauben",
  remembered: "Wenn Sie das erlauben, werden Sie für denselben Zugriff nicht noch einmal gefragt.",
  notRemembered: "Ihre Antwort wird nicht gespeichert: Beim nächsten Mal werden Sie wieder gefragt.",
  whoAsks: "Wer fragt",
  youReturnTo: "Sie kehren zurück zu",
  programOnThisComputer: "Ein Programm auf diesem Computer.",
  accessTo: "Zugriff auf",
  signedInAs: "Angemeldet als",
  website: "Als Website nennt die App {host}",
  selfRegisteredCaution:
    "**Dieser Name ist nicht geprüft.** Die App hat sich selbst registriert und ihren Namen selbst gewählt. Beurteilen Sie sie danach, wohin Sie zurückkehren.",
  loopbackCaution:
    "**Jedes Programm auf diesem Computer kann sich so nennen.** Erlauben Sie den Zugriff nur, wenn Sie es gerade eben selbst gestartet haben.",
  newCaution: "**Diese App ist hier neu.** Vor heute hat sie auf diesem Server niemand benutzt.",
  proven: "Nachgewiesen: Die Antwort erreicht diese App und keine andere.",
  notProven: "Nicht nachgewiesen: Ein anderes Programm könnte diesen Namen benutzen.",
  firstSeen: "Von diesem Server zuerst gesehen: {ago}",
  howLong: "Wie lange",
  untilEnded: "Bis ich es beende",
  forTime: "{time}, bis {date}",
  lengthForAll: "Das gilt für alles oben, auch für das, was Sie früher erlaubt haben.",
  stays:
    "Die App kann für Sie handeln, während Sie nicht da sind. Sie muss wieder fragen, wenn sie {idle} lang nicht benutzt wurde; länger als {longest} gilt die Erlaubnis in keinem Fall.",
  staysShortly: "Die App kann {time} lang für Sie handeln und muss dann wieder fragen.",
};

export const appAccess: Words["appAccess"] = {
  registered: "Registriert von den Betreibern von {product}.",
  document: "Beschrieben durch ihr eigenes Dokument auf diesem Host.",
  selfRegistered: "Hat sich selbst registriert; niemand hat sie geprüft.",
  noScopes: "Die App bittet um keine Berechtigung; sie erfährt nur, dass Sie sich angemeldet haben.",
  willBeAbleTo: "Die App darf dann",
  newlyAbleTo: "Neu: Die App darf dann auch",
  alreadyAllowed: "Das erlauben Sie bereits",
  required: "Erforderlich",
  low: "Geringes Risiko",
  medium: "Mittleres Risiko",
  high: "Hohes Risiko",
  openid: "Wissen, dass Sie selbst sich angemeldet haben",
  profile: "Ihren Namen lesen",
  emailScope: "Ihre E-Mail-Adresse lesen",
  offlineAccess: "Verbunden bleiben, während Sie nicht da sind, bis Sie es beenden",
  untick: "Entfernen Sie das Häkchen bei allem, was die App nicht dürfen soll.",
};
