import type { Words } from "../words.ts";

export const appAccess: Words["appAccess"] = {
  registered: "Registrata da chi gestisce {product}.",
  document: "Descritta dal suo stesso documento su questo host.",
  selfRegistered: "Si è registrata da sola; nessuno l’ha verificata.",
  noScopes: "Non chiede alcun permesso; saprà solo che hai eseguito l’accesso.",
  willBeAbleTo: "Potrà",
  newlyAbleTo: "Nuovo: potrà anche",
  alreadyAllowed: "Permetti già",
  required: "Necessario",
  low: "Rischio basso",
  medium: "Rischio medio",
  high: "Rischio alto",
  openid: "Sapere che sei tu ad aver eseguito l’accesso",
  profile: "Leggere il tuo nome",
  emailScope: "Leggere il tuo indirizzo e-mail",
  offlineAccess: "Restare collegata in tua assenza, finché non vi metti fine",
  untick: "Togli la spunta da ciò che non deve poter fare.",
};

export const consent: Words["consent"] = {
  title: "Permettere l’accesso?",
  wantsAccess: "chiede l’accesso",
  wantsAccessTo: "chiede l’accesso a {resource}",
  refuse: "Rifiuta",
  allow: "Permetti",
  remembered: "Se lo permetti, non ti verrà più chiesto lo stesso accesso.",
  notRemembered: "La tua risposta non viene ricordata: la prossima volta ti verrà chiesto di nuovo.",
  whoAsks: "Chi chiede",
  youReturnTo: "Tornerai a",
  programOnThisComputer: "Un programma su questo computer.",
  accessTo: "Accesso a",
  signedInAs: "Accesso eseguito come",
  website: "Indica come sito web {host}",
  selfRegisteredCaution:
    "**Questo nome non è verificato.** L’app si è registrata da sola e ha scelto il suo nome. Giudicala da dove tornerai.",
  loopbackCaution:
    "**Qualsiasi programma su questo computer può usare questo nome.** Permetti solo se l’hai avviato tu, proprio ora.",
  newCaution: "**Questa app è nuova qui.** Nessuno l’ha usata su questo server prima di oggi.",
  proven: "Provato: la risposta arriva a questa app e a nessun’altra.",
  notProven: "Non provato: un altro programma potrebbe usare questo nome.",
  firstSeen: "Vista per la prima volta da questo server: {ago}",
  howLong: "Per quanto tempo",
  untilEnded: "Finché non vi metto fine",
  forTime: "{time}, fino al {date}",
  lengthForAll: "Vale per tutto quanto sopra, anche per ciò che hai permesso prima.",
  stays:
    "Potrà agire per te in tua assenza. Dovrà chiedere di nuovo se non viene usata per {idle}, e in ogni caso dopo {longest}.",
  staysShortly: "Potrà agire per te per {time} e poi dovrà chiedere di nuovo.",
};
