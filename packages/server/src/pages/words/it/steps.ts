import type { Words } from "../words.ts";

export const faults: Words["faults"] = {
  "password.wrong": "L’indirizzo e-mail o la password non sono corretti.",
  "passkey.refused": "Questa passkey non è stata accettata. Riprova, oppure accedi in un altro modo.",
  "code.wrong":
    "Questo codice è sbagliato o non vale più. Guarda l’e-mail più recente, oppure fatti inviare un altro codice.",
  "code.spent": "Questo codice è già stato usato o non vale più. Fattene inviare un altro.",
  "one-time-password.wrong": "Questo codice è sbagliato. Aspetta il prossimo che mostra la tua app.",
  "recovery-code.wrong": "Questo codice di recupero è sbagliato o è già stato usato.",
  "email.invalid": "Indica un indirizzo e-mail.",
  "name.missing": "Indica un nome.",
  "invitation.spent": "Questo invito è già stato usato o non vale più. Chiedine un altro.",
  "upstream.disabled": "Questo modo di accedere è disattivato. Scegline un altro.",
  "upstream.unreachable": "{upstream} non risponde. Riprova tra un momento, oppure scegli un altro modo.",
  "upstream.denied": "{upstream} non ti ha fatto accedere. Riprova, oppure scegli un altro modo.",
  "upstream.answer":
    "La risposta di {upstream} non è stata accettata. Riprova; se succede ancora, dillo a chi gestisce questo server.",
  "upstream.not-linked":
    "Un account di qui ha lo stesso indirizzo e-mail. Accedi come prima, poi collega {upstream} nella pagina del tuo account.",
  "upstream.no-email":
    "{upstream} non ha indicato un indirizzo e-mail di cui sia provato che è tuo. Conferma lì il tuo indirizzo, permetti che venga comunicato e riprova; oppure scegli un altro modo.",
  "upstream.changed":
    "L’account di qui con questo indirizzo e-mail è collegato a un altro account {upstream}. Usa quello, oppure accedi in un altro modo e collega questo nella pagina del tuo account.",
  "upstream.taken":
    "Questo account {upstream} è collegato a un altro account di qui. Accedi con quello per vedere quale.",
  "upstream.stranger":
    "Nessun account di qui corrisponde a questo accesso. Se ne hai uno, accedi come prima e collega {upstream} nella pagina del tuo account. Altrimenti chiedi a chi gestisce questo server.",
  "upstream.stale":
    "{upstream} non ti ha chiesto di provare di nuovo chi sei, e ora serve. Esci da lì e riprova, oppure scegli un altro modo.",
  "account.off": "Questo account è disattivato. Chiedi a chi gestisce questo server.",
  "page.stale": "Questa pagina non è più aggiornata. Ricomincia qui.",
};

export const steps: Words["steps"] = {
  withPasskey: "Accedi con una passkey",
  mailCode: "Inviami un codice per e-mail",
  continueWith: "Continua con {upstream}",
  forgot: "Password dimenticata?",
  signUp: "Crea un account",
  otherWays: "Altri modi per accedere",
  restart: "Ricomincia",
  codeTitle: "Controlla la posta",
  codeLead:
    "Se **{email}** ha un account qui, un codice è in arrivo. Vale per {minutes} e solo in questo browser.",
  code: "Codice",
  codeSubmit: "Accedi",
  codeAgain: "Invia un altro codice",
  secondTitle: "Ancora un passaggio",
  secondLead: "Conferma che sei tu, **{email}**.",
  appCode: "Codice della tua app di autenticazione",
  recoveryCode: "Codice di recupero",
  recoverySummary: "Usa invece un codice di recupero",
  recoveryHint: "Ogni codice funziona una volta sola.",
  usePasskey: "Usa una passkey",
  confirm: "Conferma",
  newSecondTitle: "Configura un secondo passaggio",
  newSecondLead: "Al tuo account serve un secondo modo per confermare che sei tu.",
  newPasskey: "Crea una passkey",
  newPasskeyHint:
    "Il blocco schermo del dispositivo, una chiave di sicurezza o il tuo telefono. Niente da digitare.",
  newApp: "Usa un’app di autenticazione",
  newAppHint: "Un’app sul tuo telefono mostra un nuovo codice ogni 30 secondi.",
  appTitle: "Collega la tua app di autenticazione",
  appScan: "Inquadra questa immagine con l’app, oppure digita la chiave.",
  appPicture: "Codice QR per la tua app di autenticazione",
  appKey: "Chiave",
  appOpen: "Apri nell’app su questo dispositivo",
  appFirstCode: "Poi digita il codice che l’app mostra",
  appOther: "Usa qualcos’altro",
  recoveryTitle: "Conserva i tuoi codici di recupero",
  recoveryLead:
    "Se perdi il telefono, ognuno di questi codici ti fa entrare una volta. Vengono mostrati solo ora: stampali o mettili dove tieni le password.",
  recoveryKept: "Li ho conservati",
  passkeyCancelled: "Non è stata usata nessuna passkey. Riprova, oppure accedi in un altro modo.",
  passkeyKnown: "Questo dispositivo ha già una passkey per il tuo account.",
  passkeyFailed: "Qui il browser non è riuscito a usare una passkey.",
};
