import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "Iniciar sesión",
  email: "Correo electrónico",
  password: "Contraseña",
  submit: "Iniciar sesión",
  toLet: "para permitir que **{client}** use **{resource}**",
  toContinue: "para continuar a **{client}**",
  toConnectDevice: "para conectar un dispositivo",
  toSeeAccount: "para ver a quién ha dado acceso",
  wrong: "El correo electrónico o la contraseña no son correctos.",
  demonstration: "Cuentas de demostración",
  demonstrationHint: "Se muestran porque este es un servidor de desarrollo.",
  noRole: "ningún otro rol",
};

export const signOut: Words["signOut"] = {
  title: "¿Cerrar sesión?",
  clientAsks: "**{client}** pide cerrar su sesión.",
  signedIn: "Ha iniciado sesión en {product} como **{email}**.",
  stay: "Mantener la sesión",
  submit: "Cerrar sesión",
  doneTitle: "Sesión cerrada",
  doneHeading: "Ha cerrado la sesión",
  done: "Este navegador ya no tiene sesión en {product}. Las aplicaciones que permitió conservan su acceso hasta que se retire o caduque.",
  signInAgain: "Iniciar sesión de nuevo",
};
