import type { Words } from "../words.ts";

export const errors: Words["errors"] = {
  forTheAuthor: "Per l’autore dell’app:",
  goBackTo: "Torna a {client}",
  notNowTitle: "Non ora",
  notNow: "Il server non può rispondere in questo momento. Riprova.",
  tooMany: "Troppe richieste. Riprova più tardi.",
  waitAMoment: "Aspetta un momento e riprova.",
  wait: "Aspetta {time} e riprova.",
  unknownAppTitle: "Questa app non è conosciuta qui",
  unknownApp: "L’app non è registrata su questo server, oppure ciò che dice di sé non si è potuto leggere.",
  unknownAppWhatToDo:
    "Torna all’app e collegala di nuovo. Il suo autore trova il motivo nel registro di questo server.",
  overTitle: "Questa pagina non vale più",
  over: "In questo browser non ti aspetta nulla.",
  waitedTooLong: "Questa pagina ha aspettato troppo.",
  formOver: "Il modulo non appartiene a questo browser o è scaduto.",
  overWhatToDo: "Torna all’app da cui sei venuto e ricomincia.",
  requestTitle: "A questa richiesta non si può rispondere",
  request: "Ciò che l’app ha chiesto non segue le regole di questo server.",
  requestWhatToDo:
    "Torna all’app da cui sei venuto. Il suo autore trova il motivo nel registro di questo server.",
  deviceOver: "Il dispositivo non aspetta più.",
  deviceOverWhatToDo: "Ricomincia sul dispositivo: mostrerà un nuovo codice.",
  appRequestTitle: "Alla richiesta dell’app non si può rispondere",
  appRequestWhatToDo: "Non è stato concesso nulla. Puoi chiudere questa pagina o tornare all’app.",
  deniedTitle: "L’accesso non può essere dato",
  denied: "Ciò che l’app chiede non può essere dato.",
  beyondRole: "Il tuo account non può permettere ciò che l’app chiede.",
  beyondRoleWhatToDo:
    "Non è stato concesso nulla. Chiedilo a chi gestisce questo server, oppure torna all’app.",
  notFoundTitle: "Questa pagina non esiste",
  notFound: "Questo indirizzo non porta da nessuna parte su questo server.",
  notFoundWhatToDo: "Controlla l’indirizzo, oppure torna da dove sei venuto.",
  reference: "Riferimento {id}",
};
