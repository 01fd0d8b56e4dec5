import type { Words } from "../words.ts";

export const invitation: Words["invitation"] = {
  title: "Você tem um convite",
  lead: "Crie a sua conta em {product}.",
  submit: "Criar a conta",
  passwordless: "Você pode definir uma senha ou uma chave de acesso na página da sua conta.",
  spentTitle: "Este convite não funciona mais",
  spent: "Um convite funciona uma só vez e por tempo limitado.",
  spentWhatToDo: "Se você criou a sua conta com ele, entre. Se não, peça outro a quem convidou você.",
};

export const reset: Words["reset"] = {
  title: "Esqueceu a senha?",
  lead: "Informe o endereço da sua conta. Enviamos um link com o qual você define uma nova senha.",
  submit: "Enviar um link",
  sentTitle: "Verifique o seu e-mail",
  sent: "Se **{email}** tem uma conta aqui, um e-mail com um link está a caminho. O link vale por {minutes}.",
  sentHint: "Nenhum e-mail? Veja na caixa de spam, confira o endereço ou peça de novo em alguns minutos.",
  newTitle: "Definir uma nova senha",
  newPassword: "Nova senha",
  signOut: "Sair em todos os lugares",
  signOutHint: "Cada navegador em que você entrou terá de entrar de novo.",
  endAccess: "Encerrar também o acesso de todos os apps e agentes",
  endAccessHint:
    "Cada um terá de pedir de novo a você. Faça isso se outra pessoa pode ter usado a sua conta.",
  newSubmit: "Definir a senha",
  doneTitle: "A sua nova senha está definida",
  done: "Entre com ela de agora em diante.",
  doneSignedOut: "Cada navegador precisa entrar de novo.",
  doneEndedAccess: "Nenhum app nem agente tem mais acesso.",
  spentTitle: "Este link não funciona mais",
  spent: "Um link para uma nova senha funciona uma só vez e por pouco tempo, e só o mais recente funciona.",
  spentAgain: "Pedir outro",
};

export const signUp: Words["signUp"] = {
  title: "Criar uma conta",
  name: "Nome",
  email: "E-mail",
  password: "Senha",
  optionalPassword: "Senha, se você quiser uma",
  passwordHint: "Pelo menos {minimum} caracteres. Uma frase é uma boa ideia.",
  noPasswordHint: "Sem senha, enviamos um código por e-mail cada vez que você entrar.",
  submit: "Continuar",
  haveAccount: "Tenho uma conta: entrar",
  codeTitle: "Verifique o seu e-mail",
  codeLead:
    "Um e-mail está a caminho de **{email}**. Digite o código que ele contém: ele vale por {minutes} e só neste navegador. Se o endereço já tem uma conta, o e-mail avisa.",
  codeSubmit: "Criar a conta",
};

export const verification: Words["verification"] = {
  title: "Confirme o seu endereço",
  lead: "**{email}** é o seu endereço?",
  submit: "Sim, confirmar",
  doneTitle: "O seu endereço está confirmado",
  done: "**{email}** está confirmado.",
  spentTitle: "Este link não funciona mais",
  spent: "Um link que confirma um endereço funciona uma só vez e por tempo limitado.",
  spentWhatToDo: "Se o seu endereço ainda não está confirmado, peça outro link na página da sua conta.",
};
