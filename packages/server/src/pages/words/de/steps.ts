import type { Words } from "../words.ts";

export const steps: Words["steps"] = {
  withPasskey: "Mit einem Passkey anmelden",
  mailCode: "Code per E-Mail schicken",
  continueWith: "Weiter mit {upstream}",
  forgot: "Passwort vergessen?",
  signUp: "Konto anlegen",
  otherWays: "Andere Anmeldemöglichkeiten",
  restart: "Neu beginnen",

  codeTitle: "Sehen Sie in Ihrem Postfach nach",
  codeLead:
    "Wenn **{email}** hier ein Konto hat, ist ein Code unterwegs. Er gilt {minutes} und nur in diesem Browser.",
  code: "Code",
  codeSubmit: "Anmelden",
  codeAgain: "Neuen Code schicken",

  secondTitle: "Noch ein Schritt",
  secondLead: "Bestätigen Sie, dass Sie es sind, **{email}**.",
  appCode: "Code aus Ihrer Authenticator-App",
  recoveryCode: "Wiederherstellungscode",
  recoverySummary: "Stattdessen einen Wiederherstellungscode verwenden",
  recoveryHint: "Jeder Code gilt einmal.",
  usePasskey: "Passkey verwenden",
  confirm: "Bestätigen",

  newSecondTitle: "Zweiten Schritt einrichten",
  newSecondLead: "Ihr Konto braucht einen zweiten Weg, um zu bestätigen, dass Sie es sind.",
  newPasskey: "Passkey anlegen",
  newPasskeyHint:
    "Die Displaysperre Ihres Geräts, ein Sicherheitsschlüssel oder Ihr Telefon. Sie müssen nichts tippen.",
  newApp: "Authenticator-App verwenden",
  newAppHint: "Eine App auf Ihrem Telefon zeigt alle 30 Sekunden einen neuen Code.",

  appTitle: "Authenticator-App verbinden",
  appScan: "Scannen Sie dieses Bild mit der App, oder tippen Sie den Schlüssel ab.",
  appPicture: "QR-Code für Ihre Authenticator-App",
  appKey: "Schlüssel",
  appOpen: "In der App auf diesem Gerät öffnen",
  appFirstCode: "Tippen Sie dann den Code ein, den die App zeigt",
  appOther: "Etwas anderes verwenden",

  recoveryTitle: "Bewahren Sie Ihre Wiederherstellungscodes auf",
  recoveryLead:
    "Wenn Sie Ihr Telefon verlieren, kommen Sie mit jedem dieser Codes einmal hinein. Sie werden nur jetzt gezeigt: Drucken Sie sie aus, oder legen Sie sie zu Ihren Passwörtern.",
  recoveryKept: "Ich habe sie aufbewahrt",

  passkeyCancelled:
    "Es wurde kein Passkey verwendet. Versuchen Sie es noch einmal, oder melden Sie sich anders an.",
  passkeyKnown: "Dieses Gerät hat schon einen Passkey für Ihr Konto.",
  passkeyFailed: "Der Browser konnte hier keinen Passkey verwenden.",
};

export const faults: Words["faults"] = {
  "password.wrong": "E-Mail-Adresse oder Passwort ist falsch.",
  "passkey.refused":
    "Dieser Passkey wurde nicht angenommen. Versuchen Sie es noch einmal, oder melden Sie sich anders an.",
  "code.wrong":
    "Dieser Code ist falsch oder gilt nicht mehr. Sehen Sie in Ihrer neuesten E-Mail nach, oder lassen Sie sich einen neuen Code schicken.",
  "code.spent": "Dieser Code wurde verwendet oder gilt nicht mehr. Lassen Sie sich einen neuen schicken.",
  "one-time-password.wrong": "Dieser Code ist falsch. Warten Sie auf den nächsten, den Ihre App zeigt.",
  "recovery-code.wrong": "Dieser Wiederherstellungscode ist falsch oder wurde schon verwendet.",
  "email.invalid": "Geben Sie eine E-Mail-Adresse an.",
  "name.missing": "Geben Sie einen Namen an.",
  "invitation.spent": "Diese Einladung wurde verwendet oder gilt nicht mehr. Bitten Sie um eine neue.",
  "upstream.disabled": "Diese Art der Anmeldung ist abgeschaltet. Melden Sie sich anders an.",
  "upstream.unreachable":
    "{upstream} antwortet nicht. Versuchen Sie es gleich noch einmal, oder melden Sie sich anders an.",
  "upstream.denied":
    "{upstream} hat Sie nicht angemeldet. Versuchen Sie es noch einmal, oder melden Sie sich anders an.",
  "upstream.answer":
    "Die Antwort von {upstream} konnte nicht angenommen werden. Versuchen Sie es noch einmal; geschieht es wieder, sagen Sie es den Betreibern dieses Servers.",
  "upstream.not-linked":
    "Ein Konto hier hat dieselbe E-Mail-Adresse. Melden Sie sich an wie bisher, und verbinden Sie {upstream} dann auf Ihrer Kontoseite.",
  "upstream.no-email":
    "{upstream} hat keine E-Mail-Adresse genannt, die nachweislich Ihre ist. Bestätigen Sie Ihre Adresse dort, erlauben Sie ihre Weitergabe und versuchen Sie es noch einmal; oder melden Sie sich anders an.",
  "upstream.changed":
    "Das Konto hier mit dieser E-Mail-Adresse ist mit einem anderen Konto bei {upstream} verbunden. Verwenden Sie jenes, oder melden Sie sich anders an und verbinden Sie dieses auf Ihrer Kontoseite.",
  "upstream.taken":
    "Dieses Konto bei {upstream} ist hier mit einem anderen Konto verbunden. Melden Sie sich damit an, um zu sehen, mit welchem.",
  "upstream.stranger":
    "Zu dieser Anmeldung gehört hier kein Konto. Wenn Sie eines haben, melden Sie sich an wie bisher und verbinden Sie {upstream} auf Ihrer Kontoseite. Wenn nicht, fragen Sie die Betreiber dieses Servers.",
  "upstream.stale":
    "{upstream} hat nicht noch einmal geprüft, wer Sie sind, und das ist jetzt nötig. Melden Sie sich dort ab und versuchen Sie es noch einmal, oder melden Sie sich anders an.",
  "account.off": "Dieses Konto ist deaktiviert. Wenden Sie sich an die Betreiber dieses Servers.",
  "page.stale": "Diese Seite ist nicht mehr aktuell. Beginnen Sie hier neu.",
};
