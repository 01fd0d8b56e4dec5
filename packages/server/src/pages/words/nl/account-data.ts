import type { Words } from "../words.ts";

export const profile: Words["profile"] = {
  title: "Uw gegevens",
  about: "Over u",
  name: "Naam",
  language: "Taal van pagina’s en e-mails",
  anyLanguage: "Die van de browser",
  save: "Opslaan",
  saved: "Opgeslagen.",
  download: "Downloaden",
  downloadLead:
    "Alles wat over u wordt bewaard, als JSON: uw account, passkeys, apparaten, apps en wat er is gebeurd. Er staat geen wachtwoord en geen geheim in.",
  downloadSubmit: "Uw gegevens downloaden",
  remove: "Account verwijderen",
  removeLead: "Uw account en alles daarin is meteen weg, en niemand kan het terughalen.",
  removeTitle: "Uw account verwijderen?",
  removeConsequences:
    "U wordt overal uitgelogd, elke app en elke agent verliest de toegang, en uw passkeys, wachtwoord en verbonden accounts loggen u niet meer in. Wat er is gebeurd, blijft in het logboek van deze server tot de bewaartermijn voorbij is.",
  removeType: "Om door te gaan, typt u het adres van dit account: **{email}**",
  removeEmail: "Adres van dit account",
  removeSubmit: "Account voorgoed verwijderen",
  removeWrong: "Dit is niet het adres van dit account.",
  removedTitle: "Uw account is verwijderd",
  removed: "Uw account en alles daarin is weg. Tot ziens.",
};
