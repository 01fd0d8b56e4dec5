import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "Digita questo codice nella pagina da cui sei partito:",
  tellNobody: "Non dirlo a nessuno: chi gestisce {product} non te lo chiederà mai.",
  orOpen: "Oppure copia questo indirizzo nel browser:",
  lifetime: "Funziona una volta sola, per {time}.",
  ignore: "Non l’hai chiesto tu? Allora ignora questa e-mail: senza di essa non succede nulla.",
  notYou:
    "Non eri tu? Allora accedi subito a {product}, termina ogni sessione che non conosci e imposta una nuova password.",
  tooLate: "Non eri tu? Allora scrivi a chi gestisce {product}.",
  account: "Gestisci il tuo account",
  sentBy: "Inviata da {product}, {host}. Nessuno legge le risposte a questa e-mail.",
  letters: {
    "sign-in": {
      subject: "Accedi a {product}",
      lead: "Qualcuno, speriamo tu, vuole accedere a {product} con questo indirizzo.",
      button: "Accedi",
    },
    "sign-up": {
      subject: "Conferma il tuo indirizzo per {product}",
      lead: "Qualcuno, speriamo tu, vuole creare un account su {product} con questo indirizzo.",
      button: "Conferma l’indirizzo",
    },
    "already-here": {
      subject: "Hai già un account su {product}",
      lead: "Qualcuno, speriamo tu, voleva creare un account su {product} con questo indirizzo. Ne esiste già uno: accedi con quello, oppure imposta una nuova password se hai dimenticato la tua.",
      button: "Accedi",
    },
    "verify-email": {
      subject: "Conferma il tuo indirizzo su {product}",
      lead: "Conferma che questo indirizzo è tuo, così che {product} possa contarci.",
      button: "Conferma l’indirizzo",
    },
    "change-email": {
      subject: "Conferma il tuo nuovo indirizzo su {product}",
      lead: "Un account su {product} avrà d’ora in poi questo indirizzo. Conferma che è tuo.",
      button: "Conferma l’indirizzo",
    },
    "email-changed": {
      subject: "L’indirizzo del tuo account su {product} è cambiato",
      lead: "Il tuo account su {product} ha ora un altro indirizzo: {about}. Le sue e-mail arrivano lì.",
    },
    "reset-password": {
      subject: "Nuova password per {product}",
      lead: "Qualcuno, speriamo tu, ha chiesto di impostare una nuova password per l’account su {product} con questo indirizzo.",
      button: "Imposta una nuova password",
    },
    "password-changed": {
      subject: "La tua password su {product} è cambiata",
      lead: "La password del tuo account su {product} è stata cambiata.",
    },
    invitation: {
      subject: "Hai un invito per {product}",
      lead: "Puoi creare un account su {product} con questo indirizzo.",
      button: "Accetta l’invito",
    },
    "new-device": {
      subject: "Un nuovo dispositivo ha eseguito l’accesso a {product}",
      lead: "È stato eseguito l’accesso al tuo account su {product} da un dispositivo mai visto qui prima: {about}.",
    },
    "second-factor-added": {
      subject: "Il tuo account su {product} ha un secondo fattore",
      lead: "D’ora in poi {product} chiede una password monouso quando accedi.",
    },
    "second-factor-removed": {
      subject: "Il tuo account su {product} non ha più un secondo fattore",
      lead: "D’ora in poi {product} non chiede una password monouso quando accedi.",
    },
    "passkey-added": {
      subject: "Una passkey è stata aggiunta al tuo account su {product}",
      lead: "D’ora in poi questa passkey permette di accedere al tuo account su {product}: {about}.",
    },
    "passkey-removed": {
      subject: "Una passkey è stata rimossa dal tuo account su {product}",
      lead: "Questa passkey non permette più di accedere al tuo account su {product}: {about}.",
    },
    "password-removed": {
      subject: "La tua password su {product} è stata rimossa",
      lead: "La password del tuo account su {product} è stata rimossa. Gli altri modi di entrare restano.",
    },
    "recovery-codes-made": {
      subject: "Nuovi codici di recupero per il tuo account su {product}",
      lead: "Sono stati creati nuovi codici di recupero per il tuo account su {product}. I vecchi non valgono più nulla.",
    },
    "identity-added": {
      subject: "Un account di un altro servizio è collegato al tuo su {product}",
      lead: "D’ora in poi questo account di un altro servizio permette di accedere al tuo account su {product}: {about}.",
    },
    "identity-removed": {
      subject: "Un account di un altro servizio è stato scollegato dal tuo su {product}",
      lead: "Questo account di un altro servizio non permette più di accedere al tuo account su {product}: {about}.",
    },
    "account-removed": {
      subject: "Il tuo account su {product} è stato eliminato",
      lead: "Il tuo account su {product} non esiste più, e con esso tutto ciò che aveva permesso.",
    },
  },
};
