import type { Words } from "../words.ts";

export const home: Words["home"] = {
  title: "Início",
  heading: "Acesso para apps e agentes",
  lead: "Neste servidor as pessoas entram e deixam que apps e agentes ajam em seu nome, dentro do que cada uma permite.",
  account: "Ver a quem você deu acesso",
  discovery: "Descoberta",
  authorizationServer: "Metadados do servidor de autorização",
  openid: "Configuração OpenID",
  keys: "Chaves",
};

export const setUp: Words["setUp"] = {
  title: "Configuração",
  heading: "Configurar {product}",
  lead: "Crie a primeira conta de administração. O link que trouxe você aqui funciona uma só vez.",
  email: "E-mail",
  name: "Nome",
  password: "Senha",
  passwordHint: "Pelo menos {minimum} caracteres. Uma frase é uma boa ideia.",
  submit: "Criar a conta de administração",
  giveEmail: "Informe um e-mail.",
  emailTaken: "Este e-mail já está em uso.",
  doneHeading: "A primeira conta de administração foi criada",
  done: "**{name}** administra {product} de agora em diante. O link não funciona de novo.",
  doneWithEmail: "**{name}** {email} administra {product} de agora em diante. O link não funciona de novo.",
  next: "A seguir, na máquina que o executa: {command} informa a ele um servidor MCP ou uma API. Depois conecte um app e entre com esta conta quando o app pedir.",
  spentTitle: "Este link não funciona mais",
  spent: "Um link de configuração funciona uma só vez e por tempo limitado.",
  spentWhatToDo:
    "Se já existe uma conta de administração, não há mais nada a fazer aqui. Se não existe, reinicie o servidor: ele mostrará um novo link.",
};
