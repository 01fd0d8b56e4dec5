import type { Words } from "../words.ts";

export const home: Words["home"] = {
  title: "Inizio",
  heading: "Accesso per app e agenti",
  lead: "Questo server fa accedere le persone e lascia che app e agenti agiscano per loro, nei limiti di ciò che ciascuna permette.",
  account: "Vedi a chi hai dato accesso",
  discovery: "Scoperta",
  authorizationServer: "Metadati del server di autorizzazione",
  openid: "Configurazione OpenID",
  keys: "Chiavi",
};

export const setUp: Words["setUp"] = {
  title: "Configurazione",
  heading: "Configura {product}",
  lead: "Crea il primo account di amministrazione. Il link che ti ha portato qui funziona una volta sola.",
  email: "Indirizzo e-mail",
  name: "Nome",
  password: "Password",
  passwordHint: "Almeno {minimum} caratteri. Una frase va bene.",
  submit: "Crea l’account di amministrazione",
  giveEmail: "Indica un indirizzo e-mail.",
  emailTaken: "Questo indirizzo e-mail è già in uso.",
  doneHeading: "Il primo account di amministrazione è creato",
  done: "**{name}** amministra {product} d’ora in poi. Il link non funziona più.",
  doneWithEmail: "**{name}** {email} amministra {product} d’ora in poi. Il link non funziona più.",
  next: "Ora, sulla macchina che lo esegue: {command} gli fa conoscere un server MCP o un’API. Poi collega un’app e accedi con questo account quando l’app lo chiede.",
  spentTitle: "Questo link non funziona più",
  spent: "Un link di configurazione funziona una volta sola e per un tempo limitato.",
  spentWhatToDo:
    "Se esiste già un account di amministrazione, qui non resta nulla da fare. Se non esiste, riavvia il server: mostrerà un nuovo link.",
};
