import type { Words } from "../words.ts";

export const errors: Words["errors"] = {
  forTheAuthor: "Voor de maker van de app:",
  goBackTo: "Terug naar {client}",
  notNowTitle: "Nu niet",
  notNow: "De server kan op dit moment niet antwoorden. Probeer het opnieuw.",
  tooMany: "Te veel verzoeken. Probeer het later opnieuw.",
  waitAMoment: "Wacht even en probeer het opnieuw.",
  wait: "Wacht {time} en probeer het opnieuw.",
  unknownAppTitle: "Deze app is hier niet bekend",
  unknownApp:
    "De app is niet bij deze server geregistreerd, of wat de app over zichzelf zegt kon niet worden gelezen.",
  unknownAppWhatToDo:
    "Ga terug naar de app en verbind die opnieuw. De maker vindt de reden in het logboek van deze server.",
  overTitle: "Deze pagina is niet meer geldig",
  over: "Er wacht niets op u in deze browser.",
  waitedTooLong: "Deze pagina heeft te lang gewacht.",
  formOver: "Het formulier hoort niet bij deze browser of is verlopen.",
  overWhatToDo: "Ga terug naar de app waar u vandaan kwam en begin opnieuw.",
  requestTitle: "Dit verzoek kan niet worden beantwoord",
  request: "Wat de app vroeg, volgt de regels van deze server niet.",
  requestWhatToDo:
    "Ga terug naar de app waar u vandaan kwam. De maker vindt de reden in het logboek van deze server.",
  deviceOver: "Het apparaat wacht niet meer.",
  deviceOverWhatToDo: "Begin opnieuw op het apparaat: het toont een nieuwe code.",
  appRequestTitle: "Het verzoek van de app kan niet worden beantwoord",
  appRequestWhatToDo: "Er is niets toegekend. U kunt deze pagina sluiten of teruggaan naar de app.",
  deniedTitle: "Toegang kan niet worden gegeven",
  denied: "Wat de app vraagt, kan niet worden gegeven.",
  beyondRole: "Uw account mag niet toestaan wat de app vraagt.",
  beyondRoleWhatToDo:
    "Er is niets toegekend. Vraag het de beheerders van deze server, of ga terug naar de app.",
  notFoundTitle: "Deze pagina bestaat niet",
  notFound: "Dit adres leidt nergens heen op deze server.",
  notFoundWhatToDo: "Controleer het adres, of ga terug naar waar u vandaan kwam.",
  reference: "Kenmerk {id}",
};
