import type { Words } from "../words.ts";

export const newPassword: Words["newPassword"] = {
  tooShort: "Hasło musi mieć co najmniej {minimum} znaków.",
  tooLong: "Hasło musi być krótsze niż {maximum} bajtów.",
  leaked: "To hasło jest w zbiorach wykradzionych haseł. Wybierz inne.",
  common: "To hasło zbyt łatwo odgadnąć: wiele osób używa podobnego. Wybierz inne.",
  personal: "To hasło zbyt łatwo odgadnąć: zawiera imię, nazwę lub adres. Wybierz inne.",
  repeated: "To hasło zbyt łatwo odgadnąć: powtarza się. Dodaj inne słowa.",
  row: "To hasło zbyt łatwo odgadnąć: to szereg liter, cyfr lub klawiszy. Dodaj inne słowa.",
  date: "To hasło zbyt łatwo odgadnąć: to głównie data. Dodaj inne słowa.",
  short: "To hasło zbyt łatwo odgadnąć. Dodaj jedno lub dwa słowa.",
  strength: "Siła hasła",
  good: "Wystarczające. Kolejne słowo je wzmocni.",
  strong: "Trudne do odgadnięcia.",
};
