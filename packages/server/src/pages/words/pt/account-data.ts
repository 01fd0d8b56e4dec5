import type { Words } from "../words.ts";

export const profile: Words["profile"] = {
  title: "Os seus dados",
  about: "Sobre você",
  name: "Nome",
  language: "Idioma das páginas e dos e-mails",
  anyLanguage: "O do navegador",
  save: "Salvar",
  saved: "Salvo.",
  download: "Baixar",
  downloadLead:
    "Tudo o que se guarda sobre você, em JSON: a sua conta, chaves de acesso, dispositivos, apps e o que aconteceu. Não contém senha nem segredo.",
  downloadSubmit: "Baixar os seus dados",
  remove: "Excluir a conta",
  removeLead: "A sua conta e tudo o que há nela desaparecem na hora, e ninguém pode trazê-los de volta.",
  removeTitle: "Excluir a sua conta?",
  removeConsequences:
    "Você sai em todos os lugares, todos os apps e agentes perdem o acesso, e as suas chaves de acesso, a senha e as contas conectadas não fazem mais você entrar. O que aconteceu fica nos registros deste servidor até o fim do prazo de retenção.",
  removeType: "Para continuar, digite o endereço desta conta: **{email}**",
  removeEmail: "Endereço desta conta",
  removeSubmit: "Excluir a conta para sempre",
  removeWrong: "Este não é o endereço desta conta.",
  removedTitle: "A sua conta foi excluída",
  removed: "A sua conta e tudo o que havia nela se foram. Adeus.",
};
