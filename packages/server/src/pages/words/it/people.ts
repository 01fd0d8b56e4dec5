import type { Words } from "../words.ts";

export const invitation: Words["invitation"] = {
  title: "Hai un invito",
  lead: "Crea il tuo account su {product}.",
  submit: "Crea l’account",
  passwordless: "Puoi impostare una password o una passkey nella pagina del tuo account.",
  spentTitle: "Questo invito non funziona più",
  spent: "Un invito funziona una volta sola e per un tempo limitato.",
  spentWhatToDo:
    "Se con esso hai creato il tuo account, accedi. Altrimenti chiedine un altro a chi ti ha invitato.",
};

export const reset: Words["reset"] = {
  title: "Password dimenticata?",
  lead: "Indica l’indirizzo del tuo account. Ti inviamo un link con cui imposti una nuova password.",
  submit: "Inviami un link",
  sentTitle: "Controlla la posta",
  sent: "Se **{email}** ha un account qui, un’e-mail con un link è in arrivo. Il link vale per {minutes}.",
  sentHint:
    "Nessuna e-mail? Guarda tra la posta indesiderata, controlla l’indirizzo o chiedila di nuovo tra qualche minuto.",
  newTitle: "Imposta una nuova password",
  newPassword: "Nuova password",
  signOut: "Esci ovunque",
  signOutHint: "Ogni browser in cui hai eseguito l’accesso dovrà accedere di nuovo.",
  endAccess: "Termina anche l’accesso di tutte le app e di tutti gli agenti",
  endAccessHint: "Ognuno dovrà chiedertelo di nuovo. Fallo se qualcun altro può aver usato il tuo account.",
  newSubmit: "Imposta la password",
  doneTitle: "La tua nuova password è impostata",
  done: "D’ora in poi accedi con questa.",
  doneSignedOut: "Ogni browser deve accedere di nuovo.",
  doneEndedAccess: "Nessuna app e nessun agente ha più accesso.",
  spentTitle: "Questo link non funziona più",
  spent:
    "Un link per una nuova password funziona una volta sola e per poco tempo, e soltanto il più recente.",
  spentAgain: "Chiedine un altro",
};

export const signUp: Words["signUp"] = {
  title: "Crea un account",
  name: "Nome",
  email: "Indirizzo e-mail",
  password: "Password",
  optionalPassword: "Password, se ne vuoi una",
  passwordHint: "Almeno {minimum} caratteri. Una frase va bene.",
  noPasswordHint: "Senza password, ti inviamo un codice per e-mail ogni volta che accedi.",
  submit: "Continua",
  haveAccount: "Ho un account: accedi",
  codeTitle: "Controlla la posta",
  codeLead:
    "Un’e-mail è in arrivo a **{email}**. Digita il codice che contiene: vale per {minutes} e solo in questo browser. Se l’indirizzo ha già un account, l’e-mail lo dice.",
  codeSubmit: "Crea l’account",
};

export const verification: Words["verification"] = {
  title: "Conferma il tuo indirizzo",
  lead: "**{email}** è il tuo indirizzo?",
  submit: "Sì, confermalo",
  doneTitle: "Il tuo indirizzo è confermato",
  done: "**{email}** è confermato.",
  spentTitle: "Questo link non funziona più",
  spent: "Un link che conferma un indirizzo funziona una volta sola e per un tempo limitato.",
  spentWhatToDo:
    "Se il tuo indirizzo non è ancora confermato, chiedi un altro link nella pagina del tuo account.",
};
