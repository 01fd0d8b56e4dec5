import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "Pagine del tuo account",
  apps: "App e agenti",
  security: "Accesso",
  sessions: "Dispositivi",
  activity: "Attività",
  data: "I tuoi dati",
  confirmLead: "Per cambiare qualcosa qui, conferma prima che sei tu.",
  confirm: "Conferma che sei tu",
  stale: "Nel frattempo qualcosa è cambiato. Ecco com’è ora.",
  made: "Aggiunta {since}.",
  used: "Usata {used}.",
  unused: "Non ancora usata.",
};
