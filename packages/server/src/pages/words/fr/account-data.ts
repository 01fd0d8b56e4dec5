import type { Words } from "../words.ts";

export const profile: Words["profile"] = {
  title: "Vos données",
  about: "À propos de vous",
  name: "Nom",
  language: "Langue des pages et des e-mails",
  anyLanguage: "Celle du navigateur",
  save: "Enregistrer",
  saved: "Enregistré.",
  download: "Télécharger",
  downloadLead:
    "Tout ce qui est conservé sur vous, en JSON\u202f: votre compte, vos clés d’accès, appareils et applications, et ce qui s’est passé. Il ne contient ni mot de passe ni secret.",
  downloadSubmit: "Télécharger vos données",
  remove: "Supprimer le compte",
  removeLead:
    "Votre compte et tout ce qu’il contient disparaissent aussitôt, et personne ne peut les rétablir.",
  removeTitle: "Supprimer votre compte\u202f?",
  removeConsequences:
    "Vous êtes déconnecté partout, chaque application et chaque agent perd son accès, et vos clés d’accès, votre mot de passe et vos comptes associés ne vous connectent plus. Ce qui s’est passé reste dans le journal de ce serveur jusqu’à la fin de sa durée de conservation.",
  removeType: "Pour continuer, saisissez l’adresse de ce compte\u202f: **{email}**",
  removeEmail: "Adresse de ce compte",
  removeSubmit: "Supprimer le compte définitivement",
  removeWrong: "Ce n’est pas l’adresse de ce compte.",
  removedTitle: "Votre compte est supprimé",
  removed: "Votre compte et tout ce qu’il contenait ont disparu. Au revoir.",
};
