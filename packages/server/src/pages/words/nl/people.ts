import type { Words } from "../words.ts";

export const invitation: Words["invitation"] = {
  title: "U bent uitgenodigd",
  lead: "Maak uw account bij {product}.",
  submit: "Account maken",
  passwordless: "U kunt een wachtwoord of een passkey instellen op uw accountpagina.",
  spentTitle: "Deze uitnodiging werkt niet meer",
  spent: "Een uitnodiging werkt één keer en voor beperkte tijd.",
  spentWhatToDo:
    "Als u er uw account mee hebt gemaakt, log dan in. Zo niet, vraag wie u uitnodigde om een nieuwe.",
};

export const reset: Words["reset"] = {
  title: "Wachtwoord vergeten?",
  lead: "Geef het adres van uw account op. We mailen u een link waarmee u een nieuw wachtwoord instelt.",
  submit: "Mail mij een link",
  sentTitle: "Bekijk uw e-mail",
  sent: "Als **{email}** hier een account heeft, is er een e-mail met een link onderweg. De link is {minutes} geldig.",
  sentHint:
    "Geen e-mail? Kijk bij de ongewenste e-mail, controleer het adres, of vraag het over enkele minuten opnieuw.",
  newTitle: "Een nieuw wachtwoord instellen",
  newPassword: "Nieuw wachtwoord",
  signOut: "Overal uitloggen",
  signOutHint: "Elke browser waarin u bent ingelogd, moet opnieuw inloggen.",
  endAccess: "Ook de toegang van alle apps en agents beëindigen",
  endAccessHint:
    "Elk ervan moet u er opnieuw om vragen. Doe dit als iemand anders uw account kan hebben gebruikt.",
  newSubmit: "Wachtwoord instellen",
  doneTitle: "Uw nieuwe wachtwoord is ingesteld",
  done: "Log er vanaf nu mee in.",
  doneSignedOut: "Elke browser moet opnieuw inloggen.",
  doneEndedAccess: "Geen app en geen agent heeft nog toegang.",
  spentTitle: "Deze link werkt niet meer",
  spent: "Een link voor een nieuw wachtwoord werkt één keer en korte tijd, en alleen de nieuwste werkt.",
  spentAgain: "Om een nieuwe vragen",
};

export const signUp: Words["signUp"] = {
  title: "Een account maken",
  name: "Naam",
  email: "E-mailadres",
  password: "Wachtwoord",
  optionalPassword: "Wachtwoord, als u er een wilt",
  passwordHint: "Minstens {minimum} tekens. Een zin is goed.",
  noPasswordHint: "Zonder wachtwoord mailen we u een code, elke keer dat u inlogt.",
  submit: "Doorgaan",
  haveAccount: "Ik heb een account: inloggen",
  codeTitle: "Bekijk uw e-mail",
  codeLead:
    "Er is een e-mail onderweg naar **{email}**. Typ de code die erin staat: die is {minutes} geldig, en alleen in deze browser. Heeft het adres al een account, dan staat dat in de e-mail.",
  codeSubmit: "Account maken",
};

export const verification: Words["verification"] = {
  title: "Bevestig uw adres",
  lead: "Is **{email}** uw adres?",
  submit: "Ja, bevestigen",
  doneTitle: "Uw adres is bevestigd",
  done: "**{email}** is bevestigd.",
  spentTitle: "Deze link werkt niet meer",
  spent: "Een link die een adres bevestigt, werkt één keer en voor beperkte tijd.",
  spentWhatToDo: "Als uw adres nog niet is bevestigd, vraag dan op uw accountpagina om een nieuwe link.",
};
