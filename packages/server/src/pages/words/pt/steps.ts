import type { Words } from "../words.ts";

export const faults: Words["faults"] = {
  "password.wrong": "O e-mail ou a senha está incorreto.",
  "passkey.refused": "Esta chave de acesso não foi aceita. Tente de novo ou entre de outra forma.",
  "code.wrong": "Este código está errado ou não vale mais. Veja o e-mail mais recente ou peça outro código.",
  "code.spent": "Este código já foi usado ou não vale mais. Peça outro.",
  "one-time-password.wrong": "Este código está errado. Espere o próximo que o seu app mostrar.",
  "recovery-code.wrong": "Este código de recuperação está errado ou já foi usado.",
  "email.invalid": "Informe um e-mail.",
  "name.missing": "Informe um nome.",
  "invitation.spent": "Este convite já foi usado ou não vale mais. Peça outro.",
  "upstream.disabled": "Esta forma de entrar está desativada. Escolha outra.",
  "upstream.unreachable": "{upstream} não responde. Tente de novo em instantes ou escolha outra forma.",
  "upstream.denied": "{upstream} não autenticou você. Tente de novo ou escolha outra forma.",
  "upstream.answer":
    "A resposta de {upstream} não pôde ser aceita. Tente de novo; se acontecer outra vez, avise os responsáveis por este servidor.",
  "upstream.not-linked":
    "Uma conta daqui tem o mesmo e-mail. Entre como antes e depois conecte {upstream} na página da sua conta.",
  "upstream.no-email":
    "{upstream} não informou um e-mail comprovadamente seu. Confirme lá o seu endereço, permita que ele seja informado e tente de novo; ou escolha outra forma.",
  "upstream.changed":
    "A conta daqui com este e-mail está conectada a outra conta de {upstream}. Use aquela, ou entre de outra forma e conecte esta na página da sua conta.",
  "upstream.taken":
    "Esta conta de {upstream} está conectada a outra conta daqui. Entre com ela para ver qual.",
  "upstream.stranger":
    "Nenhuma conta daqui corresponde a este acesso. Se você tem uma, entre como antes e conecte {upstream} na página da sua conta. Se não, pergunte aos responsáveis por este servidor.",
  "upstream.stale":
    "{upstream} não pediu que você provasse de novo quem é, e isso é necessário agora. Saia lá e tente de novo, ou escolha outra forma.",
  "account.off": "Esta conta está desativada. Fale com os responsáveis por este servidor.",
  "page.stale": "Esta página não está mais atualizada. Recomece aqui.",
};

export const steps: Words["steps"] = {
  withPasskey: "Entrar com uma chave de acesso",
  mailCode: "Enviar um código por e-mail",
  continueWith: "Continuar com {upstream}",
  forgot: "Esqueceu a senha?",
  signUp: "Criar uma conta",
  otherWays: "Outras formas de entrar",
  restart: "Recomeçar",
  codeTitle: "Verifique o seu e-mail",
  codeLead:
    "Se **{email}** tem uma conta aqui, um código está a caminho. Ele vale por {minutes} e só neste navegador.",
  code: "Código",
  codeSubmit: "Entrar",
  codeAgain: "Enviar outro código",
  secondTitle: "Mais uma etapa",
  secondLead: "Confirme que é você, **{email}**.",
  appCode: "Código do seu app autenticador",
  recoveryCode: "Código de recuperação",
  recoverySummary: "Usar um código de recuperação",
  recoveryHint: "Cada código funciona uma só vez.",
  usePasskey: "Usar uma chave de acesso",
  confirm: "Confirmar",
  newSecondTitle: "Configurar uma segunda etapa",
  newSecondLead: "A sua conta precisa de uma segunda forma de confirmar que é você.",
  newPasskey: "Criar uma chave de acesso",
  newPasskeyHint:
    "O bloqueio de tela do seu dispositivo, uma chave de segurança ou o seu telefone. Nada para digitar.",
  newApp: "Usar um app autenticador",
  newAppHint: "Um app no seu telefone mostra um novo código a cada 30 segundos.",
  appTitle: "Conectar o seu app autenticador",
  appScan: "Leia esta imagem com o app ou digite a chave.",
  appPicture: "Código QR para o seu app autenticador",
  appKey: "Chave",
  appOpen: "Abrir no app deste dispositivo",
  appFirstCode: "Depois digite o código que o app mostra",
  appOther: "Usar outra coisa",
  recoveryTitle: "Guarde os seus códigos de recuperação",
  recoveryLead:
    "Se você perder o telefone, cada um destes códigos permite entrar uma vez. Eles só são mostrados agora: imprima-os ou guarde-os junto das suas senhas.",
  recoveryKept: "Eu os guardei",
  passkeyCancelled: "Nenhuma chave de acesso foi usada. Tente de novo ou entre de outra forma.",
  passkeyKnown: "Este dispositivo já tem uma chave de acesso para a sua conta.",
  passkeyFailed: "O navegador não conseguiu usar uma chave de acesso aqui.",
};
