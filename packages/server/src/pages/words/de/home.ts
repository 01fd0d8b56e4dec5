import type { Words } from "../words.ts";

export const home: Words["home"] = {
  title: "Start",
  heading: "Anmeldung für Apps und Agenten",
  lead: "Auf diesem Server melden sich Menschen an und lassen Apps und Agenten in ihrem Namen handeln, soweit jede und jeder es erlaubt.",
  account: "Sehen, wem Sie Zugriff gegeben haben",
  discovery: "Beschreibung für Programme",
  authorizationServer: "Metadaten des Autorisierungsservers",
  openid: "OpenID-Konfiguration",
  keys: "Schlüssel",
};

export const setUp: Words["setUp"] = {
  title: "Einrichten",
  heading: "{product} einrichten",
  lead: "Legen Sie das erste Administratorkonto an. Der Link, der Sie hierher geführt hat, gilt einmal.",
  email: "E-Mail-Adresse",
  name: "Name",
  password: "Passwort",
  passwordHint: "Mindestens {minimum} Zeichen. Ein ganzer Satz ist gut.",
  submit: "Administratorkonto anlegen",
  giveEmail: "Geben Sie eine E-Mail-Adresse an.",
  emailTaken: "Diese E-Mail-Adresse ist vergeben.",
  doneHeading: "Das erste Administratorkonto ist angelegt",
  done: "**{name}** verwaltet {product} von nun an. Der Link gilt jetzt nicht mehr.",
  doneWithEmail: "**{name}** {email} verwaltet {product} von nun an. Der Link gilt jetzt nicht mehr.",
  next: "Als Nächstes, auf dem Rechner, auf dem der Server läuft: {command} macht ihm einen MCP-Server oder eine API bekannt. Verbinden Sie dann eine App, und melden Sie sich mit diesem Konto an, wenn die App darum bittet.",
  spentTitle: "Dieser Link gilt nicht mehr",
  spent: "Ein Link zum Einrichten gilt einmal und für begrenzte Zeit.",
  spentWhatToDo:
    "Gibt es schon ein Administratorkonto, ist hier nichts mehr zu tun. Gibt es keines, starten Sie den Server neu: Er gibt einen neuen Link aus.",
};
