import type { Words } from "../words.ts";

export const profile: Words["profile"] = {
  title: "Sus datos",
  about: "Sobre usted",
  name: "Nombre",
  language: "Idioma de las páginas y los correos",
  anyLanguage: "El del navegador",
  save: "Guardar",
  saved: "Guardado.",
  download: "Descargar",
  downloadLead:
    "Todo lo que se guarda sobre usted, en JSON: su cuenta, llaves de acceso, dispositivos, aplicaciones y lo ocurrido. No contiene ninguna contraseña ni secreto.",
  downloadSubmit: "Descargar sus datos",
  remove: "Eliminar la cuenta",
  removeLead: "Su cuenta y todo lo que contiene desaparecen al instante, y nadie puede recuperarlos.",
  removeTitle: "¿Eliminar su cuenta?",
  removeConsequences:
    "Se cierra su sesión en todas partes, cada aplicación y cada agente pierde su acceso, y sus llaves de acceso, su contraseña y sus cuentas conectadas ya no inician su sesión. Lo ocurrido permanece en los registros de este servidor hasta que termine su plazo de conservación.",
  removeType: "Para continuar, escriba la dirección de esta cuenta: **{email}**",
  removeEmail: "Dirección de esta cuenta",
  removeSubmit: "Eliminar la cuenta para siempre",
  removeWrong: "Esta no es la dirección de esta cuenta.",
  removedTitle: "Su cuenta está eliminada",
  removed: "Su cuenta y todo lo que contenía ya no existen. Adiós.",
};
