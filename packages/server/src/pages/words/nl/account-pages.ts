import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "Pagina’s van uw account",
  apps: "Apps en agents",
  security: "Inloggen",
  sessions: "Apparaten",
  activity: "Activiteit",
  data: "Uw gegevens",
  confirmLead: "Om hier iets te wijzigen, bevestigt u eerst dat u het bent.",
  confirm: "Bevestigen dat u het bent",
  stale: "Intussen is er iets gewijzigd. Zo staat het er nu voor.",
  made: "Toegevoegd {since}.",
  used: "Laatst gebruikt {used}.",
  unused: "Nog niet gebruikt.",
};
