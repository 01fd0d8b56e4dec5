import type { Words } from "../words.ts";

export const signUp: Words["signUp"] = {
  title: "Konto anlegen",
  name: "Name",
  email: "E-Mail-Adresse",
  password: "Passwort",
  optionalPassword: "Passwort, wenn Sie eines möchten",
  passwordHint: "Mindestens {minimum} Zeichen. Ein ganzer Satz ist gut.",
  noPasswordHint: "Ohne Passwort schicken wir Ihnen bei jeder Anmeldung einen Code per E-Mail.",
  submit: "Weiter",
  haveAccount: "Ich habe ein Konto: anmelden",
  codeTitle: "Sehen Sie in Ihrem Postfach nach",
  codeLead:
    "Eine E-Mail an **{email}** ist unterwegs. Tippen Sie den Code ein, der darin steht: Er gilt {minutes} und nur in diesem Browser. Wenn die Adresse schon ein Konto hat, steht es in der E-Mail.",
  codeSubmit: "Konto anlegen",
};

export const reset: Words["reset"] = {
  title: "Passwort vergessen?",
  lead: "Geben Sie die Adresse Ihres Kontos an. Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort festlegen.",
  submit: "Link schicken",
  sentTitle: "Sehen Sie in Ihrem Postfach nach",
  sent: "Wenn **{email}** hier ein Konto hat, ist eine E-Mail mit einem Link unterwegs. Der Link gilt {minutes}.",
  sentHint:
    "Keine E-Mail? Sehen Sie im Spam-Ordner nach, prüfen Sie die Adresse, oder fragen Sie in ein paar Minuten noch einmal.",
  newTitle: "Neues Passwort festlegen",
  newPassword: "Neues Passwort",
  signOut: "Überall abmelden",
  signOutHint: "Jeder Browser, in dem Sie angemeldet sind, muss sich neu anmelden.",
  endAccess: "Auch den Zugriff aller Apps und Agenten beenden",
  endAccessHint:
    "Jede App muss Sie dann neu fragen. Tun Sie das, wenn jemand anderes Ihr Konto benutzt haben könnte.",
  newSubmit: "Passwort festlegen",
  doneTitle: "Ihr neues Passwort ist festgelegt",
  done: "Melden Sie sich von jetzt an damit an.",
  doneSignedOut: "Jeder Browser muss sich neu anmelden.",
  doneEndedAccess: "Keine App und kein Agent hat noch Zugriff.",
  spentTitle: "Dieser Link gilt nicht mehr",
  spent: "Ein Link für ein neues Passwort gilt einmal und nur kurze Zeit, und nur der neueste gilt.",
  spentAgain: "Einen neuen schicken lassen",
};

export const invitation: Words["invitation"] = {
  title: "Sie sind eingeladen",
  lead: "Legen Sie Ihr Konto bei {product} an.",
  submit: "Konto anlegen",
  passwordless: "Ein Passwort oder einen Passkey können Sie auf Ihrer Kontoseite einrichten.",
  spentTitle: "Diese Einladung gilt nicht mehr",
  spent: "Eine Einladung gilt einmal und nur begrenzte Zeit.",
  spentWhatToDo:
    "Wenn Sie Ihr Konto damit angelegt haben, melden Sie sich an. Wenn nicht, bitten Sie um eine neue Einladung.",
};

export const verification: Words["verification"] = {
  title: "Adresse bestätigen",
  lead: "Ist **{email}** Ihre Adresse?",
  submit: "Ja, bestätigen",
  doneTitle: "Ihre Adresse ist bestätigt",
  done: "**{email}** ist bestätigt.",
  spentTitle: "Dieser Link gilt nicht mehr",
  spent: "Ein Link, der eine Adresse bestätigt, gilt einmal und nur begrenzte Zeit.",
  spentWhatToDo:
    "Wenn Ihre Adresse noch nicht bestätigt ist, lassen Sie sich auf Ihrer Kontoseite einen neuen Link schicken.",
};
