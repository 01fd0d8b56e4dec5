import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "Entrar",
  email: "E-mail",
  password: "Senha",
  submit: "Entrar",
  toLet: "para permitir que **{client}** use **{resource}**",
  toContinue: "para continuar em **{client}**",
  toConnectDevice: "para conectar um dispositivo",
  toSeeAccount: "para ver a quem você deu acesso",
  wrong: "O e-mail ou a senha está incorreto.",
  demonstration: "Contas de demonstração",
  demonstrationHint: "Mostradas porque este é um servidor de desenvolvimento.",
  noRole: "nenhum outro papel",
};

export const signOut: Words["signOut"] = {
  title: "Sair?",
  clientAsks: "**{client}** pede para encerrar a sua sessão.",
  signedIn: "Você entrou em {product} como **{email}**.",
  stay: "Continuar conectado",
  submit: "Sair",
  doneTitle: "Sessão encerrada",
  doneHeading: "Você saiu",
  done: "Este navegador não está mais conectado a {product}. Os apps que você permitiu mantêm o acesso até que ele seja encerrado ou expire.",
  signInAgain: "Entrar de novo",
};
