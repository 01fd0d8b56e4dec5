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
  untick: "Desmarque lo que no deba poder hacer.",
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
  proven: "Probado: la respuesta llega a esta aplicación y a ninguna otra.",
  notProven: "No probado: otro programa podría estar usando este nombre.",
  firstSeen: "Vista por primera vez por este servidor: {ago}",
  howLong: "Cuánto tiempo",
  untilEnded: "Hasta que yo lo termine",
  forTime: "{time}, hasta el {date}",
  lengthForAll: "Esto vale para todo lo anterior, también para lo que permitió antes.",
  stays:
    "Podrá actuar en su nombre en su ausencia. Tendrá que volver a pedirlo si no se usa durante {idle}, y en todo caso después de {longest}.",
  staysShortly: "Podrá actuar en su nombre durante {time} y después tendrá que volver a pedirlo.",
};
