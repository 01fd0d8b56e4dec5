import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "Typ deze code op de pagina waar u begon:",
  tellNobody: "Vertel het aan niemand: geen beheerder van {product} zal u erom vragen.",
  orOpen: "Of kopieer dit adres naar uw browser:",
  lifetime: "Dit werkt één keer, {time} lang.",
  ignore: "Hebt u hier niet om gevraagd? Negeer deze e-mail dan: zonder deze gebeurt er niets.",
  notYou:
    "Was u dit niet? Log dan nu in bij {product}, beëindig elke sessie die u niet kent en stel een nieuw wachtwoord in.",
  tooLate: "Was u dit niet? Schrijf dan de beheerders van {product}.",
  account: "Naar uw account",
  sentBy: "Verzonden door {product}, {host}. Niemand leest antwoorden op deze e-mail.",
  letters: {
    "sign-in": {
      subject: "Inloggen bij {product}",
      lead: "Iemand, hopelijk u, wil met dit adres inloggen bij {product}.",
      button: "Inloggen",
    },
    "sign-up": {
      subject: "Bevestig uw adres voor {product}",
      lead: "Iemand, hopelijk u, wil met dit adres een account maken bij {product}.",
      button: "Adres bevestigen",
    },
    "already-here": {
      subject: "U hebt al een account bij {product}",
      lead: "Iemand, hopelijk u, wilde met dit adres een account maken bij {product}. Er is er al een: log daarmee in, of stel een nieuw wachtwoord in als u het uwe bent vergeten.",
      button: "Inloggen",
    },
    "verify-email": {
      subject: "Bevestig uw adres bij {product}",
      lead: "Bevestig dat dit adres van u is, zodat {product} erop kan vertrouwen.",
      button: "Adres bevestigen",
    },
    "change-email": {
      subject: "Bevestig uw nieuwe adres bij {product}",
      lead: "Een account bij {product} krijgt vanaf nu dit adres. Bevestig dat het van u is.",
      button: "Adres bevestigen",
    },
    "email-changed": {
      subject: "Het adres van uw account bij {product} is gewijzigd",
      lead: "Uw account bij {product} heeft nu een ander adres: {about}. De e-mails gaan daarheen.",
    },
    "reset-password": {
      subject: "Nieuw wachtwoord voor {product}",
      lead: "Iemand, hopelijk u, vroeg om een nieuw wachtwoord voor het account bij {product} met dit adres.",
      button: "Een nieuw wachtwoord instellen",
    },
    "password-changed": {
      subject: "Uw wachtwoord bij {product} is gewijzigd",
      lead: "Het wachtwoord van uw account bij {product} is gewijzigd.",
    },
    invitation: {
      subject: "U bent uitgenodigd voor {product}",
      lead: "U kunt met dit adres een account maken bij {product}.",
      button: "Uitnodiging aannemen",
    },
    "new-device": {
      subject: "Een nieuw apparaat heeft ingelogd bij {product}",
      lead: "Er is bij uw account bij {product} ingelogd vanaf een apparaat dat hier nog niet was gezien: {about}.",
    },
    "second-factor-added": {
      subject: "Uw account bij {product} heeft een tweede factor",
      lead: "Vanaf nu vraagt {product} bij het inloggen om een eenmalig wachtwoord.",
    },
    "second-factor-removed": {
      subject: "Uw account bij {product} heeft geen tweede factor meer",
      lead: "Vanaf nu vraagt {product} bij het inloggen niet meer om een eenmalig wachtwoord.",
    },
    "passkey-added": {
      subject: "Een passkey is aan uw account bij {product} toegevoegd",
      lead: "Vanaf nu logt deze passkey in bij uw account bij {product}: {about}.",
    },
    "passkey-removed": {
      subject: "Een passkey is van uw account bij {product} verwijderd",
      lead: "Deze passkey logt niet meer in bij uw account bij {product}: {about}.",
    },
    "password-removed": {
      subject: "Uw wachtwoord bij {product} is verwijderd",
      lead: "Het wachtwoord van uw account bij {product} is verwijderd. De andere manieren om binnen te komen blijven.",
    },
    "recovery-codes-made": {
      subject: "Nieuwe herstelcodes voor uw account bij {product}",
      lead: "Er zijn nieuwe herstelcodes gemaakt voor uw account bij {product}. De oude zijn niets meer waard.",
    },
    "identity-added": {
      subject: "Een account bij een andere dienst is verbonden met het uwe bij {product}",
      lead: "Vanaf nu logt dit account bij een andere dienst in bij uw account bij {product}: {about}.",
    },
    "identity-removed": {
      subject: "Een account bij een andere dienst is losgekoppeld van het uwe bij {product}",
      lead: "Dit account bij een andere dienst logt niet meer in bij uw account bij {product}: {about}.",
    },
    "account-removed": {
      subject: "Uw account bij {product} is verwijderd",
      lead: "Uw account bij {product} bestaat niet meer, en daarmee alles wat het had toegestaan.",
    },
  },
};
