import type { Words } from "../words.ts";

export const device: Words["device"] = {
  title: "Een apparaat verbinden",
  lead: "Typ de code die uw apparaat toont.",
  code: "Code",
  wrongCode: "Er wacht geen apparaat met deze code. Controleer de code, of begin opnieuw op het apparaat.",
  sentCaution:
    "**Heeft iemand u een code of een link gestuurd?** Stop dan hier. Ga alleen door voor een apparaat dat u nu zelf gebruikt.",
  compareTitle: "Toont uw apparaat deze code?",
  no: "Nee",
  same: "Ja, dezelfde",
  wantsAccess: "op een apparaat vraagt toegang",
  wantsAccessTo: "op een apparaat vraagt toegang tot {resource}",
  startedCaution:
    "**Weiger als u dit niet zelf bent begonnen, net nu.** Niemand heeft een reden om u te vragen zijn apparaat goed te keuren: geen collega, geen helpdesk, geen bericht.",
  selfRegisteredCaution:
    "**Deze naam is niet gecontroleerd.** De app heeft zichzelf geregistreerd en de naam zelf gekozen.",
  unprovenCaution: "**Elk programma kan deze naam gebruiken.** Beoordeel het op het apparaat voor u.",
  unprovenDocument: "De app zegt van deze host te zijn, en bewijst het niet.",
  theDevice: "Het apparaat",
  unnamed: "Het heeft niet gezegd wat het is",
  unchecked: "Zo noemt het zichzelf; niemand heeft het gecontroleerd.",
  itsCode: "De code ervan",
  showsTheSame: "Het apparaat toont dezelfde.",
  itAsked: "Het vroeg",
  fromHere: "vanaf {address}, het internetadres van deze browser.",
  fromElsewhere:
    "vanaf {address}; dat is niet het internetadres van deze browser. Weiger, tenzij het apparaat ergens anders is.",
  lastsShortly:
    "Als u dit toestaat, kan het apparaat korte tijd namens u handelen en moet het daarna opnieuw vragen.",
  lasts:
    "Als u dit toestaat, kan het apparaat namens u handelen terwijl u er niet bent, tot u het op uw accountpagina beëindigt, en hoogstens {days}.",
  aDay: "een dag",
  approvedTitle: "Het apparaat is verbonden",
  approved: "{name} heeft wat u hebt toegestaan. Ga terug naar uw apparaat; u kunt deze pagina sluiten.",
  approvedEnd: "U kunt de toegang op elk moment beëindigen op {accountPage}.",
  accountPage: "uw accountpagina",
  deniedTitle: "Geweigerd",
  denied: "Er is niets toegekend. {name} krijgt te horen dat u hebt geweigerd. U kunt deze pagina sluiten.",
  theDeviceItself: "Het apparaat",
  otherTitle: "Er is niets toegekend",
  other: "De code op deze pagina hoort bij het apparaat van iemand anders. U kunt deze pagina sluiten.",
  otherWhatToDo:
    "Om een eigen apparaat te verbinden, begint u op het apparaat en typt u de code die het toont.",
};
