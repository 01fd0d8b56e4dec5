import type { Words } from "../words.ts";

export const newPassword: Words["newPassword"] = {
  tooShort: "La contraseña debe tener al menos {minimum} caracteres.",
  tooLong: "La contraseña debe tener menos de {maximum} bytes.",
  leaked: "Esta contraseña está en colecciones de contraseñas robadas. Elija otra.",
  common: "Esta contraseña es demasiado fácil de adivinar: mucha gente usa una parecida. Elija otra.",
  personal: "Esta contraseña es demasiado fácil de adivinar: contiene un nombre o una dirección. Elija otra.",
  repeated: "Esta contraseña es demasiado fácil de adivinar: se repite. Añada otras palabras.",
  row: "Esta contraseña es demasiado fácil de adivinar: sigue una serie de letras, cifras o teclas. Añada otras palabras.",
  date: "Esta contraseña es demasiado fácil de adivinar: es sobre todo una fecha. Añada otras palabras.",
  short: "Esta contraseña es demasiado fácil de adivinar. Añada una o dos palabras.",
  strength: "Seguridad de la contraseña",
  good: "Suficiente. Otra palabra la hace más segura.",
  strong: "Difícil de adivinar.",
};
