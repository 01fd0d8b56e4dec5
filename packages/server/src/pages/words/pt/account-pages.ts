import type { Words } from "../words.ts";

export const accountPages: Words["accountPages"] = {
  label: "Páginas da sua conta",
  apps: "Apps e agentes",
  security: "Como entrar",
  sessions: "Dispositivos",
  activity: "Atividade",
  data: "Os seus dados",
  confirmLead: "Para mudar algo aqui, confirme primeiro que é você.",
  confirm: "Confirmar que é você",
  stale: "Algo mudou nesse meio-tempo. Veja como está agora.",
  made: "Adicionada {since}.",
  used: "Usada {used}.",
  unused: "Ainda não usada.",
};
