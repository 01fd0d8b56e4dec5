import type { Words } from "../words.ts";

export const newPassword: Words["newPassword"] = {
  tooShort: "La password deve avere almeno {minimum} caratteri.",
  tooLong: "La password deve essere più corta di {maximum} byte.",
  leaked: "Questa password si trova in raccolte di password rubate. Scegline un’altra.",
  common: "Questa password è troppo facile da indovinare: molti ne usano una simile. Scegline un’altra.",
  personal:
    "Questa password è troppo facile da indovinare: contiene un nome o un indirizzo. Scegline un’altra.",
  repeated: "Questa password è troppo facile da indovinare: si ripete. Aggiungi altre parole.",
  row: "Questa password è troppo facile da indovinare: segue una serie di lettere, cifre o tasti. Aggiungi altre parole.",
  date: "Questa password è troppo facile da indovinare: è quasi solo una data. Aggiungi altre parole.",
  short: "Questa password è troppo facile da indovinare. Aggiungi una o due parole.",
  strength: "Robustezza della password",
  good: "Sufficiente. Un’altra parola la rende più robusta.",
  strong: "Difficile da indovinare.",
};
