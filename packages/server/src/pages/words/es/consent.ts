import type { Words } from "../words.ts";

export const appAccess: Words["appAccess"] = {
  registered: "Registrada por los responsables de {product}.",
  document: "Descrita por su propio documento en este host.",
  selfRegistered: "Se registró a sí misma; nadie la ha comprobado.",
  noScopes: "No pide ningún permiso; solo sabrá que usted ha iniciado sesión.",
  willBeAbleTo: "Podrá",
  newlyAbleTo: "Nuevo: también podrá",
  alreadyAllowed: "Ya permite",
  required: "Necesario",
  low: "Riesgo bajo",
  medium: "Riesgo medio",
  high: "Riesgo alto",
  openid: "Saber que es usted quien ha iniciado sesión",
  profile: "Leer su nombre",
  emailScope: "Leer su correo electrónico",
  offlineAccess: "Seguir conectada en su ausencia, hasta que usted lo termine",
};

export const consent: Words["consent"] = {
  title: "¿Permitir el acceso?",
  wantsAccess: "pide acceso",
  wantsAccessTo: "pide acceso a {resource}",
  refuse: "Rechazar",
  allow: "Permitir",
  remembered: "Si lo permite, no se le volverá a preguntar por el mismo acceso.",
  notRemembered: "Su respuesta no se recuerda: la próxima vez se le volverá a preguntar.",
  whoAsks: "Quién lo pide",
  youReturnTo: "Volverá a",
  programOnThisComputer: "Un programa en este ordenador.",
  accessTo: "Acceso a",
  signedInAs: "Sesión iniciada como",
  website: "Indica como sitio web {host}",
  selfRegisteredCaution:
    "**Este nombre no está comprobado.** La aplicación se registró a sí misma y eligió su nombre. Júzguela por el lugar al que volverá.",
  loopbackCaution:
    "**Cualquier programa de este ordenador puede usar este nombre.** Permítalo solo si lo ha iniciado usted, ahora mismo.",
  newCaution: "**Esta aplicación es nueva aquí.** Nadie la usó en este servidor antes de hoy.",
};
