import type { Words } from "../words.ts";

export const newPassword: Words["newPassword"] = {
  tooShort: "A senha deve ter pelo menos {minimum} caracteres.",
  tooLong: "A senha deve ter menos de {maximum} bytes.",
  leaked: "Esta senha está em coleções de senhas vazadas. Escolha outra.",
  common: "Esta senha é fácil demais de adivinhar: muita gente usa uma parecida. Escolha outra.",
  personal: "Esta senha é fácil demais de adivinhar: contém um nome ou um endereço. Escolha outra.",
  repeated: "Esta senha é fácil demais de adivinhar: ela se repete. Acrescente outras palavras.",
  row: "Esta senha é fácil demais de adivinhar: segue uma sequência de letras, números ou teclas. Acrescente outras palavras.",
  date: "Esta senha é fácil demais de adivinhar: é quase só uma data. Acrescente outras palavras.",
  short: "Esta senha é fácil demais de adivinhar. Acrescente uma ou duas palavras.",
  strength: "Força da senha",
  good: "Suficiente. Mais uma palavra a torna mais forte.",
  strong: "Difícil de adivinhar.",
};
