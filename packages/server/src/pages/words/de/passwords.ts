import type { Words } from "../words.ts";

export const newPassword: Words["newPassword"] = {
  tooShort: "Das Passwort muss mindestens {minimum} Zeichen haben.",
  tooLong: "Das Passwort muss kürzer als {maximum} Bytes sein.",
  leaked: "Dieses Passwort steht in Sammlungen gestohlener Passwörter. Wählen Sie ein anderes.",
  common: "Dieses Passwort ist zu leicht zu erraten: Viele verwenden ein ähnliches. Wählen Sie ein anderes.",
  personal:
    "Dieses Passwort ist zu leicht zu erraten: Es enthält einen Namen oder eine Adresse. Wählen Sie ein anderes.",
  repeated: "Dieses Passwort ist zu leicht zu erraten: Es wiederholt sich. Fügen Sie andere Wörter hinzu.",
  row: "Dieses Passwort ist zu leicht zu erraten: Es folgt einer Reihe von Buchstaben, Ziffern oder Tasten. Fügen Sie andere Wörter hinzu.",
  date: "Dieses Passwort ist zu leicht zu erraten: Es ist fast nur ein Datum. Fügen Sie andere Wörter hinzu.",
  short: "Dieses Passwort ist zu leicht zu erraten. Fügen Sie ein oder zwei Wörter hinzu.",
  strength: "Stärke des Passworts",
  good: "Gut genug. Ein weiteres Wort macht es stärker.",
  strong: "Schwer zu erraten.",
};
