import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "Pages de votre compte",
  apps: "Applications et agents",
  security: "Connexion",
  sessions: "Appareils",
  activity: "Activité",
  data: "Vos données",
  confirmLead: "Pour modifier quelque chose ici, confirmez d’abord que c’est bien vous.",
  confirm: "Confirmer que c’est vous",
  stale: "Quelque chose a changé entre-temps. Voici l’état actuel.",
  made: "Ajoutée {since}.",
  used: "Utilisée {used}.",
  unused: "Pas encore utilisée.",
};
