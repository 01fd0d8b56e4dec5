import type { Words } from "../words.ts";

export const device: Words["device"] = {
  title: "Collega un dispositivo",
  lead: "Digita il codice che il tuo dispositivo mostra.",
  code: "Codice",
  wrongCode: "Nessun dispositivo aspetta con questo codice. Controllalo, oppure ricomincia sul dispositivo.",
  sentCaution:
    "**Qualcuno ti ha mandato un codice o un link?** Allora fermati qui. Vai avanti solo per un dispositivo che stai usando tu in questo momento.",
  compareTitle: "Il tuo dispositivo mostra questo codice?",
  no: "No",
  same: "Sì, lo stesso",
  wantsAccess: "su un dispositivo chiede l’accesso",
  wantsAccessTo: "su un dispositivo chiede l’accesso a {resource}",
  startedCaution:
    "**Rifiuta se non hai avviato tutto questo tu, proprio ora.** Nessuno ha motivo di chiederti di approvare il suo dispositivo: né un collega, né l’assistenza, né un messaggio.",
  selfRegisteredCaution:
    "**Questo nome non è verificato.** L’app si è registrata da sola e ha scelto il suo nome.",
  unprovenCaution: "**Qualsiasi programma può usare questo nome.** Giudica dal dispositivo che hai davanti.",
  unprovenDocument: "Dice di essere l’app di questo host, e non lo prova.",
  theDevice: "Il dispositivo",
  unnamed: "Non ha detto che cos’è",
  unchecked: "Si chiama così da solo; nessuno l’ha verificato.",
  itsCode: "Il suo codice",
  showsTheSame: "Il dispositivo mostra lo stesso.",
  itAsked: "Ha chiesto",
  fromHere: "da {address}, l’indirizzo internet di questo browser.",
  fromElsewhere:
    "da {address}, che non è l’indirizzo internet di questo browser. Rifiuta, a meno che il dispositivo non sia altrove.",
  lastsShortly:
    "Se lo permetti, il dispositivo potrà agire per te per poco tempo e poi dovrà chiedere di nuovo.",
  lasts:
    "Se lo permetti, il dispositivo potrà agire per te in tua assenza, finché non vi metti fine nella pagina del tuo account, e per {days} al massimo.",
  aDay: "un giorno",
  approvedTitle: "Il dispositivo è collegato",
  approved: "{name} ha ciò che hai permesso. Torna al dispositivo; puoi chiudere questa pagina.",
  approvedEnd: "Puoi mettere fine al suo accesso in qualsiasi momento nella {accountPage}.",
  accountPage: "pagina del tuo account",
  deniedTitle: "Rifiutato",
  denied: "Non è stato concesso nulla. {name} viene a sapere che hai rifiutato. Puoi chiudere questa pagina.",
  theDeviceItself: "Il dispositivo",
  otherTitle: "Non è stato concesso nulla",
  other: "Il codice di questa pagina è del dispositivo di qualcun altro. Puoi chiudere questa pagina.",
  otherWhatToDo: "Per collegare un tuo dispositivo, inizia sul dispositivo e digita il codice che mostra.",
};
