import type { Words } from "../words.ts";

export const device: Words["device"] = {
  title: "Conectar um dispositivo",
  lead: "Digite o código que o seu dispositivo mostra.",
  code: "Código",
  wrongCode: "Nenhum dispositivo espera com este código. Confira-o ou recomece no dispositivo.",
  sentCaution:
    "**Alguém enviou um código ou um link para você?** Então pare aqui. Continue só com um dispositivo que você mesmo está usando agora.",
  compareTitle: "O seu dispositivo mostra este código?",
  no: "Não",
  same: "Sim, o mesmo",
  wantsAccess: "em um dispositivo pede acesso",
  wantsAccessTo: "em um dispositivo pede acesso a {resource}",
  startedCaution:
    "**Recuse se não foi você que iniciou isto, agora mesmo.** Ninguém tem motivo para pedir que você aprove o dispositivo dele: nem colega, nem suporte, nem mensagem.",
  selfRegisteredCaution:
    "**Este nome não foi verificado.** O app registrou-se sozinho e escolheu o próprio nome.",
  unprovenCaution: "**Qualquer programa pode usar este nome.** Julgue-o pelo dispositivo à sua frente.",
  unprovenDocument: "Ele diz ser o app deste host e não o prova.",
  theDevice: "O dispositivo",
  unnamed: "Não disse o que é",
  unchecked: "O nome que ele se dá; ninguém o verificou.",
  itsCode: "O código dele",
  showsTheSame: "O dispositivo mostra o mesmo.",
  itAsked: "Ele pediu",
  fromHere: "de {address}, o endereço de internet deste navegador.",
  fromElsewhere:
    "de {address}, que não é o endereço de internet deste navegador. Recuse, a menos que o dispositivo esteja em outro lugar.",
  lastsShortly:
    "Se você permitir, o dispositivo poderá agir em seu nome por pouco tempo e depois terá de pedir de novo.",
  lasts:
    "Se você permitir, o dispositivo poderá agir em seu nome na sua ausência, até você encerrar na página da sua conta, e por {days} no máximo.",
  aDay: "um dia",
  approvedTitle: "O dispositivo está conectado",
  approved: "{name} tem o que você permitiu. Volte ao seu dispositivo; você pode fechar esta página.",
  approvedEnd: "Você pode encerrar o acesso a qualquer momento na {accountPage}.",
  accountPage: "página da sua conta",
  deniedTitle: "Recusado",
  denied: "Nada foi concedido. {name} fica sabendo que você recusou. Você pode fechar esta página.",
  theDeviceItself: "O dispositivo",
  otherTitle: "Nada foi concedido",
  other: "O código desta página é do dispositivo de outra pessoa. Você pode fechar esta página.",
  otherWhatToDo: "Para conectar um dispositivo seu, comece no dispositivo e digite o código que ele mostra.",
};
