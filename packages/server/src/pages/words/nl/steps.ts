import type { Words } from "../words.ts";

export const faults: Words["faults"] = {
  "password.wrong": "Het e-mailadres of het wachtwoord is onjuist.",
  "passkey.refused": "Deze passkey is niet aanvaard. Probeer het opnieuw, of log op een andere manier in.",
  "code.wrong":
    "Deze code is onjuist of niet meer geldig. Kijk in uw nieuwste e-mail, of laat een nieuwe code sturen.",
  "code.spent": "Deze code is gebruikt of niet meer geldig. Laat een nieuwe sturen.",
  "one-time-password.wrong": "Deze code is onjuist. Wacht op de volgende die uw app toont.",
  "recovery-code.wrong": "Deze herstelcode is onjuist of al eens gebruikt.",
  "email.invalid": "Geef een e-mailadres op.",
  "name.missing": "Geef een naam op.",
  "invitation.spent": "Deze uitnodiging is gebruikt of niet meer geldig. Vraag om een nieuwe.",
  "upstream.disabled": "Deze manier van inloggen is uitgeschakeld. Kies een andere.",
  "upstream.unreachable": "{upstream} antwoordt niet. Probeer het zo opnieuw, of kies een andere manier.",
  "upstream.denied": "{upstream} heeft u niet ingelogd. Probeer het opnieuw, of kies een andere manier.",
  "upstream.answer":
    "Het antwoord van {upstream} kon niet worden aanvaard. Probeer het opnieuw; gebeurt het weer, meld het dan aan de beheerders van deze server.",
  "upstream.not-linked":
    "Een account hier heeft hetzelfde e-mailadres. Log in zoals eerder en verbind {upstream} daarna op uw accountpagina.",
  "upstream.no-email":
    "{upstream} noemde geen e-mailadres dat aantoonbaar van u is. Bevestig uw adres daar, sta toe dat het wordt doorgegeven en probeer het opnieuw; of kies een andere manier.",
  "upstream.changed":
    "Het account hier met dit e-mailadres is verbonden met een ander account bij {upstream}. Gebruik dat, of log op een andere manier in en verbind dit op uw accountpagina.",
  "upstream.taken":
    "Dit {upstream}-account is met een ander account hier verbonden. Log ermee in om te zien welk.",
  "upstream.stranger":
    "Bij deze inlogpoging hoort hier geen account. Als u er een hebt, log dan in zoals eerder en verbind {upstream} op uw accountpagina. Zo niet, vraag het de beheerders van deze server.",
  "upstream.stale":
    "{upstream} heeft u niet gevraagd opnieuw te bewijzen wie u bent, en dat is nu nodig. Log daar uit en probeer het opnieuw, of kies een andere manier.",
  "account.off": "Dit account is uitgeschakeld. Vraag het de beheerders van deze server.",
  "page.stale": "Deze pagina is niet meer actueel. Begin hier opnieuw.",
};

export const steps: Words["steps"] = {
  withPasskey: "Inloggen met een passkey",
  mailCode: "Mail mij een code",
  continueWith: "Doorgaan met {upstream}",
  forgot: "Wachtwoord vergeten?",
  signUp: "Een account maken",
  otherWays: "Andere manieren om in te loggen",
  restart: "Opnieuw beginnen",
  codeTitle: "Bekijk uw e-mail",
  codeLead:
    "Als **{email}** hier een account heeft, is er een code onderweg. Die is {minutes} geldig, en alleen in deze browser.",
  code: "Code",
  codeSubmit: "Inloggen",
  codeAgain: "Een nieuwe code sturen",
  secondTitle: "Nog één stap",
  secondLead: "Bevestig dat u het bent, **{email}**.",
  appCode: "Code uit uw authenticator-app",
  recoveryCode: "Herstelcode",
  recoverySummary: "In plaats daarvan een herstelcode gebruiken",
  recoveryHint: "Elke code werkt één keer.",
  usePasskey: "Een passkey gebruiken",
  confirm: "Bevestigen",
  newSecondTitle: "Een tweede stap instellen",
  newSecondLead: "Uw account heeft een tweede manier nodig om te bevestigen dat u het bent.",
  newPasskey: "Een passkey maken",
  newPasskeyHint:
    "De schermvergrendeling van uw apparaat, een beveiligingssleutel of uw telefoon. Niets te typen.",
  newApp: "Een authenticator-app gebruiken",
  newAppHint: "Een app op uw telefoon toont elke 30 seconden een nieuwe code.",
  appTitle: "Uw authenticator-app verbinden",
  appScan: "Scan deze afbeelding met de app, of typ de sleutel.",
  appPicture: "QR-code voor uw authenticator-app",
  appKey: "Sleutel",
  appOpen: "Openen in de app op dit apparaat",
  appFirstCode: "Typ dan de code die de app toont",
  appOther: "Iets anders gebruiken",
  recoveryTitle: "Bewaar uw herstelcodes",
  recoveryLead:
    "Als u uw telefoon verliest, komt u met elk van deze codes één keer binnen. Ze worden alleen nu getoond: druk ze af of bewaar ze bij uw wachtwoorden.",
  recoveryKept: "Ik heb ze bewaard",
  passkeyCancelled: "Er is geen passkey gebruikt. Probeer het opnieuw, of log op een andere manier in.",
  passkeyKnown: "Dit apparaat heeft al een passkey voor uw account.",
  passkeyFailed: "De browser kon hier geen passkey gebruiken.",
};
