import type { Words } from "../words.ts";

export const home: Words["home"] = {
  title: "Start",
  heading: "Inloggen voor apps en agents",
  lead: "Op deze server loggen mensen in en laten zij apps en agents namens hen handelen, binnen wat ieder toestaat.",
  account: "Zien wie u toegang hebt gegeven",
  discovery: "Ontdekking",
  authorizationServer: "Metadata van de autorisatieserver",
  openid: "OpenID-configuratie",
  keys: "Sleutels",
};

export const setUp: Words["setUp"] = {
  title: "Instellen",
  heading: "{product} instellen",
  lead: "Maak het eerste beheerdersaccount. De link die u hier bracht, werkt één keer.",
  email: "E-mailadres",
  name: "Naam",
  password: "Wachtwoord",
  passwordHint: "Minstens {minimum} tekens. Een zin is goed.",
  submit: "Beheerdersaccount maken",
  giveEmail: "Geef een e-mailadres op.",
  emailTaken: "Dit e-mailadres is al in gebruik.",
  doneHeading: "Het eerste beheerdersaccount is gemaakt",
  done: "**{name}** beheert {product} vanaf nu. De link werkt niet nog eens.",
  doneWithEmail: "**{name}** {email} beheert {product} vanaf nu. De link werkt niet nog eens.",
  next: "Daarna, op de machine waarop de server draait: {command} maakt er een MCP-server of een API bekend. Verbind dan een app, en log met dit account in wanneer de app erom vraagt.",
  spentTitle: "Deze link werkt niet meer",
  spent: "Een instellink werkt één keer en voor beperkte tijd.",
  spentWhatToDo:
    "Als er al een beheerdersaccount is, valt hier niets meer te doen. Zo niet, start de server dan opnieuw: die toont een nieuwe link.",
};
