import type { Words } from "../words.ts";

export const newPassword: Words["newPassword"] = {
  tooShort: "Le mot de passe doit avoir au moins {minimum} caractères.",
  tooLong: "Le mot de passe doit faire moins de {maximum} octets.",
  leaked: "Ce mot de passe figure dans des collections de mots de passe volés. Choisissez-en un autre.",
  common:
    "Ce mot de passe est trop facile à deviner\u202f: beaucoup de gens en utilisent un semblable. Choisissez-en un autre.",
  personal:
    "Ce mot de passe est trop facile à deviner\u202f: il contient un nom ou une adresse. Choisissez-en un autre.",
  repeated: "Ce mot de passe est trop facile à deviner\u202f: il se répète. Ajoutez d’autres mots.",
  row: "Ce mot de passe est trop facile à deviner\u202f: il suit une série de lettres, de chiffres ou de touches. Ajoutez d’autres mots.",
  date: "Ce mot de passe est trop facile à deviner\u202f: c’est surtout une date. Ajoutez d’autres mots.",
  short: "Ce mot de passe est trop facile à deviner. Ajoutez un mot ou deux.",
  strength: "Robustesse du mot de passe",
  good: "Suffisant. Un mot de plus le rend plus robuste.",
  strong: "Difficile à deviner.",
};
