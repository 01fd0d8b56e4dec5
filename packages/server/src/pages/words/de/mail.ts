import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "Geben Sie diesen Code auf der Seite ein, auf der Sie begonnen haben:",
  tellNobody: "Sagen Sie ihn niemandem: Wer {product} betreibt, fragt Sie nie danach.",
  orOpen: "Oder kopieren Sie diese Adresse in Ihren Browser:",
  lifetime: "Das gilt einmal und {time} lang.",
  ignore: "Wenn Sie nicht darum gebeten haben, beachten Sie diese E-Mail nicht: Ohne sie geschieht nichts.",
  notYou:
    "Wenn Sie das nicht waren, melden Sie sich jetzt bei {product} an, beenden Sie jede Sitzung, die Sie nicht kennen, und legen Sie ein neues Passwort fest.",
  tooLate: "Wenn Sie das nicht waren, schreiben Sie den Betreibern von {product}.",
  account: "Zum Konto",
  sentBy: "Gesendet von {product}, {host}. Antworten auf diese E-Mail liest niemand.",
  letters: {
    "sign-in": {
      subject: "Anmelden bei {product}",
      lead: "Jemand, hoffentlich Sie selbst, möchte sich mit dieser Adresse bei {product} anmelden.",
      button: "Anmelden",
    },
    "sign-up": {
      subject: "Bestätigen Sie Ihre Adresse für {product}",
      lead: "Jemand, hoffentlich Sie selbst, möchte mit dieser Adresse ein Konto bei {product} anlegen.",
      button: "Adresse bestätigen",
    },
    "already-here": {
      subject: "Sie haben schon ein Konto bei {product}",
      lead: "Jemand, hoffentlich Sie selbst, wollte mit dieser Adresse ein Konto bei {product} anlegen. Es gibt schon eines: Melden Sie sich damit an, oder legen Sie ein neues Passwort fest, wenn Sie Ihres vergessen haben.",
      button: "Anmelden",
    },
    "verify-email": {
      subject: "Bestätigen Sie Ihre Adresse bei {product}",
      lead: "Bestätigen Sie, dass diese Adresse Ihnen gehört, damit {product} sich darauf verlassen kann.",
      button: "Adresse bestätigen",
    },
    "change-email": {
      subject: "Bestätigen Sie Ihre neue Adresse bei {product}",
      lead: "Ein Konto bei {product} soll von nun an diese Adresse haben. Bestätigen Sie, dass sie Ihnen gehört.",
      button: "Adresse bestätigen",
    },
    "email-changed": {
      subject: "Ihr Konto bei {product} hat eine neue Adresse",
      lead: "Ihr Konto bei {product} hat jetzt eine andere Adresse: {about}. Dorthin gehen seine E-Mails von jetzt an.",
    },
    "reset-password": {
      subject: "Neues Passwort für {product}",
      lead: "Jemand, hoffentlich Sie selbst, möchte für das Konto mit dieser Adresse bei {product} ein neues Passwort festlegen.",
      button: "Neues Passwort festlegen",
    },
    "password-changed": {
      subject: "Ihr Passwort bei {product} wurde geändert",
      lead: "Das Passwort Ihres Kontos bei {product} wurde geändert.",
    },
    invitation: {
      subject: "Einladung zu {product}",
      lead: "Sie können mit dieser Adresse ein Konto bei {product} anlegen.",
      button: "Einladung annehmen",
    },
    "new-device": {
      subject: "Anmeldung bei {product} mit einem neuen Gerät",
      lead: "In Ihrem Konto bei {product} hat sich ein Gerät angemeldet, das hier noch nicht bekannt war: {about}.",
    },
    "second-factor-added": {
      subject: "Ihr Konto bei {product} hat einen zweiten Faktor",
      lead: "Von nun an fragt {product} beim Anmelden nach einem Einmalpasswort.",
    },
    "second-factor-removed": {
      subject: "Ihr Konto bei {product} hat keinen zweiten Faktor mehr",
      lead: "Von nun an fragt {product} beim Anmelden nicht mehr nach einem Einmalpasswort.",
    },
    "passkey-added": {
      subject: "Neuer Passkey für Ihr Konto bei {product}",
      lead: "Von nun an kann man sich mit diesem Passkey in Ihrem Konto bei {product} anmelden: {about}.",
    },
    "passkey-removed": {
      subject: "Ein Passkey Ihres Kontos bei {product} wurde entfernt",
      lead: "Mit diesem Passkey kann man sich nicht mehr in Ihrem Konto bei {product} anmelden: {about}.",
    },
    "password-removed": {
      subject: "Ihr Passwort bei {product} wurde entfernt",
      lead: "Das Passwort Ihres Kontos bei {product} wurde entfernt. Die anderen Anmeldemöglichkeiten bleiben.",
    },
    "recovery-codes-made": {
      subject: "Neue Wiederherstellungscodes für Ihr Konto bei {product}",
      lead: "Für Ihr Konto bei {product} wurden neue Wiederherstellungscodes angelegt. Die alten gelten nicht mehr.",
    },
    "identity-added": {
      subject: "Ein Konto bei einem anderen Dienst ist mit Ihrem bei {product} verbunden",
      lead: "Von nun an kann man sich mit diesem Konto eines anderen Dienstes in Ihrem Konto bei {product} anmelden: {about}.",
    },
    "identity-removed": {
      subject: "Ein Konto bei einem anderen Dienst wurde von Ihrem bei {product} getrennt",
      lead: "Mit diesem Konto eines anderen Dienstes kann man sich nicht mehr in Ihrem Konto bei {product} anmelden: {about}.",
    },
    "account-removed": {
      subject: "Ihr Konto bei {product} wurde gelöscht",
      lead: "Ihr Konto bei {product} gibt es nicht mehr, und jeder Zugriff, den es gegeben hatte, ist beendet.",
    },
  },
};
