import type { Words } from "../words.ts";

export const appAccess: Words["appAccess"] = {
  registered: "Registrado pelos responsáveis por {product}.",
  document: "Descrito pelo seu próprio documento neste host.",
  selfRegistered: "Registrou-se sozinho; ninguém o verificou.",
  noScopes: "Não pede nenhuma permissão; saberá apenas que você entrou.",
  willBeAbleTo: "Ele poderá",
  newlyAbleTo: "Novo: ele também poderá",
  alreadyAllowed: "Você já permite",
  required: "Obrigatório",
  low: "Risco baixo",
  medium: "Risco médio",
  high: "Risco alto",
  openid: "Saber que foi você quem entrou",
  profile: "Ler o seu nome",
  emailScope: "Ler o seu e-mail",
  offlineAccess: "Continuar conectado na sua ausência, até você encerrar",
  untick: "Desmarque o que ele não deve poder fazer.",
};

export const consent: Words["consent"] = {
  title: "Permitir o acesso?",
  wantsAccess: "pede acesso",
  wantsAccessTo: "pede acesso a {resource}",
  refuse: "Recusar",
  allow: "Permitir",
  remembered: "Se você permitir, não será perguntado de novo sobre o mesmo acesso.",
  notRemembered: "A sua resposta não fica guardada: você será perguntado de novo na próxima vez.",
  whoAsks: "Quem pede",
  youReturnTo: "Você volta para",
  programOnThisComputer: "Um programa neste computador.",
  accessTo: "Acesso a",
  signedInAs: "Você entrou como",
  website: "Ele indica como site {host}",
  selfRegisteredCaution:
    "**Este nome não foi verificado.** O app registrou-se sozinho e escolheu o próprio nome. Julgue-o pelo lugar para onde você volta.",
  loopbackCaution:
    "**Qualquer programa neste computador pode usar este nome.** Permita só se foi você que o iniciou, agora mesmo.",
  newCaution: "**Este app é novo aqui.** Ninguém o usou neste servidor antes de hoje.",
  proven: "Provado: a resposta chega a este app e a nenhum outro.",
  notProven: "Não provado: outro programa pode estar usando este nome.",
  firstSeen: "Visto pela primeira vez por este servidor: {ago}",
  howLong: "Por quanto tempo",
  untilEnded: "Até eu encerrar",
  forTime: "{time}, até {date}",
  lengthForAll: "Isto vale para tudo acima, também para o que você permitiu antes.",
  stays:
    "Ele poderá agir em seu nome na sua ausência. Terá de pedir de novo se não for usado por {idle}, e em todo caso depois de {longest}.",
  staysShortly: "Ele poderá agir em seu nome por {time} e depois terá de pedir de novo.",
};
