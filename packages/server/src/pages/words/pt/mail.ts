import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "Digite este código na página onde você começou:",
  tellNobody: "Não conte a ninguém: nenhum responsável por {product} vai pedi-lo.",
  orOpen: "Ou copie este endereço para o seu navegador:",
  lifetime: "Funciona uma só vez, por {time}.",
  ignore: "Você não pediu isto? Então ignore este e-mail: sem ele nada acontece.",
  notYou:
    "Não foi você? Então entre em {product} agora, encerre cada sessão que você não conhece e defina uma nova senha.",
  tooLate: "Não foi você? Então escreva aos responsáveis por {product}.",
  account: "Gerenciar a sua conta",
  sentBy: "Enviado por {product}, {host}. Ninguém lê as respostas a este e-mail.",
  letters: {
    "sign-in": {
      subject: "Entrar em {product}",
      lead: "Alguém, esperamos que você, quer entrar em {product} com este endereço.",
      button: "Entrar",
    },
    "sign-up": {
      subject: "Confirme o seu endereço para {product}",
      lead: "Alguém, esperamos que você, quer criar uma conta em {product} com este endereço.",
      button: "Confirmar o endereço",
    },
    "already-here": {
      subject: "Você já tem uma conta em {product}",
      lead: "Alguém, esperamos que você, queria criar uma conta em {product} com este endereço. Já existe uma: entre com ela, ou defina uma nova senha se esqueceu a sua.",
      button: "Entrar",
    },
    "verify-email": {
      subject: "Confirme o seu endereço em {product}",
      lead: "Confirme que este endereço é seu, para que {product} possa contar com ele.",
      button: "Confirmar o endereço",
    },
    "change-email": {
      subject: "Confirme o seu novo endereço em {product}",
      lead: "Uma conta em {product} terá este endereço de agora em diante. Confirme que ele é seu.",
      button: "Confirmar o endereço",
    },
    "email-changed": {
      subject: "O endereço da sua conta em {product} mudou",
      lead: "A sua conta em {product} tem agora outro endereço: {about}. Os e-mails dela vão para lá.",
    },
    "reset-password": {
      subject: "Nova senha para {product}",
      lead: "Alguém, esperamos que você, pediu para definir uma nova senha para a conta em {product} com este endereço.",
      button: "Definir uma nova senha",
    },
    "password-changed": {
      subject: "A sua senha em {product} mudou",
      lead: "A senha da sua conta em {product} foi alterada.",
    },
    invitation: {
      subject: "Você tem um convite para {product}",
      lead: "Você pode criar uma conta em {product} com este endereço.",
      button: "Aceitar o convite",
    },
    "new-device": {
      subject: "Um novo dispositivo entrou em {product}",
      lead: "Houve uma entrada na sua conta em {product} de um dispositivo que não tinha sido visto aqui: {about}.",
    },
    "second-factor-added": {
      subject: "A sua conta em {product} tem um segundo fator",
      lead: "De agora em diante, {product} pede uma senha de uso único quando você entra.",
    },
    "second-factor-removed": {
      subject: "A sua conta em {product} não tem mais um segundo fator",
      lead: "De agora em diante, {product} não pede uma senha de uso único quando você entra.",
    },
    "passkey-added": {
      subject: "Uma chave de acesso foi adicionada à sua conta em {product}",
      lead: "De agora em diante, esta chave de acesso entra na sua conta em {product}: {about}.",
    },
    "passkey-removed": {
      subject: "Uma chave de acesso foi removida da sua conta em {product}",
      lead: "Esta chave de acesso não entra mais na sua conta em {product}: {about}.",
    },
    "password-removed": {
      subject: "A sua senha em {product} foi removida",
      lead: "A senha da sua conta em {product} foi removida. As outras formas de entrar permanecem.",
    },
    "recovery-codes-made": {
      subject: "Novos códigos de recuperação para a sua conta em {product}",
      lead: "Novos códigos de recuperação foram criados para a sua conta em {product}. Os antigos não valem mais nada.",
    },
    "identity-added": {
      subject: "Uma conta de outro serviço está conectada à sua em {product}",
      lead: "De agora em diante, esta conta de outro serviço entra na sua conta em {product}: {about}.",
    },
    "identity-removed": {
      subject: "Uma conta de outro serviço foi desconectada da sua em {product}",
      lead: "Esta conta de outro serviço não entra mais na sua conta em {product}: {about}.",
    },
    "account-removed": {
      subject: "A sua conta em {product} foi excluída",
      lead: "A sua conta em {product} não existe mais, e com ela tudo o que ela permitiu.",
    },
  },
};
