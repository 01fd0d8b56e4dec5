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
};

export const appAccess: Words["appAccess"] = {
  registered: "Registriert von denen, die {product} betreiben.",
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
};
