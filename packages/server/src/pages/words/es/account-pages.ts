import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "Páginas de su cuenta",
  apps: "Aplicaciones y agentes",
  security: "Inicio de sesión",
  sessions: "Dispositivos",
  activity: "Actividad",
  data: "Sus datos",
  confirmLead: "Para cambiar algo aquí, confirme primero que es usted.",
  confirm: "Confirmar que es usted",
  stale: "Algo cambió entretanto. Así está ahora.",
  made: "Añadida {since}.",
  used: "Usada {used}.",
  unused: "Aún no se ha usado.",
};
