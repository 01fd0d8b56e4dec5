import type { Words } from "../words.ts";

export const appAccess: Words["appAccess"] = {
  registered: "Geregistreerd door de beheerders van {product}.",
  document: "Beschreven door een eigen document op deze host.",
  selfRegistered: "Heeft zichzelf geregistreerd; niemand heeft het gecontroleerd.",
  noScopes: "De app vraagt geen enkele machtiging; die weet alleen dat u bent ingelogd.",
  willBeAbleTo: "De app mag dan",
  newlyAbleTo: "Nieuw: de app mag dan ook",
  alreadyAllowed: "U staat al toe",
  required: "Vereist",
  low: "Laag risico",
  medium: "Middelgroot risico",
  high: "Hoog risico",
  openid: "Weten dat u het bent die heeft ingelogd",
  profile: "Uw naam lezen",
  emailScope: "Uw e-mailadres lezen",
  offlineAccess: "Verbonden blijven terwijl u er niet bent, tot u het beëindigt",
  untick: "Haal het vinkje weg bij wat de app niet mag kunnen.",
};

export const consent: Words["consent"] = {
  title: "Toegang toestaan?",
  wantsAccess: "vraagt toegang",
  wantsAccessTo: "vraagt toegang tot {resource}",
  refuse: "Weigeren",
  allow: "Toestaan",
  remembered: "Als u dit toestaat, wordt u niet opnieuw om dezelfde toegang gevraagd.",
  notRemembered: "Uw antwoord wordt niet onthouden: de volgende keer wordt u opnieuw gevraagd.",
  whoAsks: "Wie vraagt",
  youReturnTo: "U keert terug naar",
  programOnThisComputer: "Een programma op deze computer.",
  accessTo: "Toegang tot",
  signedInAs: "Ingelogd als",
  website: "De app noemt als website {host}",
  selfRegisteredCaution:
    "**Deze naam is niet gecontroleerd.** De app heeft zichzelf geregistreerd en de naam zelf gekozen. Beoordeel de app op waarnaar u terugkeert.",
  loopbackCaution:
    "**Elk programma op deze computer kan deze naam gebruiken.** Sta het alleen toe als u het zelf hebt gestart, net nu.",
  newCaution: "**Deze app is hier nieuw.** Voor vandaag heeft niemand de app op deze server gebruikt.",
  proven: "Bewezen: het antwoord bereikt deze app en geen andere.",
  notProven: "Niet bewezen: een ander programma zou deze naam kunnen gebruiken.",
  firstSeen: "Voor het eerst gezien door deze server: {ago}",
  howLong: "Hoe lang",
  untilEnded: "Tot ik het beëindig",
  forTime: "{time}, tot {date}",
  lengthForAll: "Dit geldt voor alles hierboven, ook voor wat u eerder hebt toegestaan.",
  stays:
    "De app kan namens u handelen terwijl u er niet bent. De app moet opnieuw vragen als die {idle} niet is gebruikt, en in elk geval na {longest}.",
  staysShortly: "De app kan {time} namens u handelen en moet daarna opnieuw vragen.",
};
