import type { Words } from "../words.ts";

export const errors: Words["errors"] = {
  forTheAuthor: "Für das Entwicklungsteam der App:",
  goBackTo: "Zurück zu {client}",
  notNowTitle: "Gerade nicht möglich",
  notNow: "Der Server kann im Augenblick nicht antworten. Versuchen Sie es noch einmal.",
  tooMany: "Zu viele Anfragen. Versuchen Sie es später noch einmal.",
  waitAMoment: "Warten Sie einen Augenblick, und versuchen Sie es dann noch einmal.",
  wait: "Warten Sie {time}, und versuchen Sie es dann noch einmal.",
  unknownAppTitle: "Diese App ist hier nicht bekannt",
  unknownApp:
    "Die App ist bei diesem Server nicht registriert, oder was sie über sich angibt, ließ sich nicht lesen.",
  unknownAppWhatToDo:
    "Kehren Sie zur App zurück, und verbinden Sie sie neu. Ihr Entwicklungsteam findet den Grund im Protokoll dieses Servers.",
  overTitle: "Diese Seite gilt nicht mehr",
  over: "In diesem Browser wartet nichts auf Sie.",
  waitedTooLong: "Diese Seite hat zu lange gewartet.",
  formOver: "Das Formular gehört nicht zu diesem Browser oder ist abgelaufen.",
  overWhatToDo: "Kehren Sie zu der App zurück, von der Sie gekommen sind, und beginnen Sie noch einmal.",
  requestTitle: "Diese Anfrage kann nicht beantwortet werden",
  request: "Was die App verlangt hat, entspricht nicht den Regeln dieses Servers.",
  requestWhatToDo:
    "Kehren Sie zu der App zurück, von der Sie gekommen sind. Ihr Entwicklungsteam findet den Grund im Protokoll dieses Servers.",
  deviceOver: "Das Gerät wartet nicht mehr.",
  deviceOverWhatToDo: "Beginnen Sie auf dem Gerät noch einmal: Es zeigt einen neuen Code.",
  appRequestTitle: "Die Anfrage der App kann nicht beantwortet werden",
  appRequestWhatToDo:
    "Es wurde kein Zugriff gegeben. Sie können diese Seite schließen oder zur App zurückkehren.",
  deniedTitle: "Zugriff kann nicht gegeben werden",
  denied: "Was die App verlangt, kann nicht gegeben werden.",
  beyondRole: "Ihr Konto darf nicht erlauben, was die App verlangt.",
  beyondRoleWhatToDo:
    "Es wurde kein Zugriff gegeben. Bitten Sie die Betreiber dieses Servers darum, oder kehren Sie zur App zurück.",
  notFoundTitle: "Diese Seite gibt es nicht",
  notFound: "Diese Adresse führt auf diesem Server nirgendwohin.",
  notFoundWhatToDo: "Prüfen Sie die Adresse, oder kehren Sie dorthin zurück, woher Sie gekommen sind.",
  reference: "Kennung {id}",
};
