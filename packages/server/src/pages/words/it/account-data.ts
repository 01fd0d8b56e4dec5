import type { Words } from "../words.ts";

export const profile: Words["profile"] = {
  title: "I tuoi dati",
  about: "Su di te",
  name: "Nome",
  language: "Lingua delle pagine e delle e-mail",
  anyLanguage: "Quella del browser",
  save: "Salva",
  saved: "Salvato.",
  download: "Scarica",
  downloadLead:
    "Tutto ciò che si conserva su di te, in JSON: il tuo account, le passkey, i dispositivi, le app e ciò che è successo. Non contiene password né segreti.",
  downloadSubmit: "Scarica i tuoi dati",
  remove: "Elimina l’account",
  removeLead: "Il tuo account e tutto ciò che contiene spariscono subito, e nessuno può riportarli indietro.",
  removeTitle: "Eliminare il tuo account?",
  removeConsequences:
    "Esci ovunque, ogni app e ogni agente perde l’accesso, e le tue passkey, la password e gli account collegati non ti fanno più accedere. Ciò che è successo resta nei registri di questo server fino al termine della conservazione.",
  removeType: "Per continuare, digita l’indirizzo di questo account: **{email}**",
  removeEmail: "Indirizzo di questo account",
  removeSubmit: "Elimina l’account per sempre",
  removeWrong: "Questo non è l’indirizzo di questo account.",
  removedTitle: "Il tuo account è eliminato",
  removed: "Il tuo account e tutto ciò che conteneva non ci sono più. Arrivederci.",
};
