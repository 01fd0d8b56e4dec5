import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "Erro: {title}",
  caution: "Cuidado",
  language: "Idioma: {name}",
  privacy: "Privacidade",
  terms: "Termos",
  support: "Ajuda",
  or: "ou",
  back: "Voltar",
  continue: "Continuar",
  cancel: "Cancelar",
  signedInAs: "Você entrou como **{email}**.",
  useAnotherAccount: "Usar outra conta",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "há menos de um minuto",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{browser} em {system}",
  aBrowser: "Um navegador",
  program: "Um programa escrito em {language}",
  iphone: "um iPhone",
  ipad: "um iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "um Mac",
  linux: "Linux",
};
