import type { Words } from "../words.ts";

export const device: Words["device"] = {
  title: "Conectar un dispositivo",
  lead: "Escriba el código que muestra su dispositivo.",
  code: "Código",
  wrongCode: "Ningún dispositivo espera con este código. Compruébelo o empiece de nuevo en el dispositivo.",
  sentCaution:
    "**¿Alguien le envió un código o un enlace?** Entonces deténgase aquí. Siga solo con un dispositivo que esté usando usted ahora mismo.",
  compareTitle: "¿Muestra su dispositivo este código?",
  no: "No",
  same: "Sí, el mismo",
  wantsAccess: "en un dispositivo pide acceso",
  wantsAccessTo: "en un dispositivo pide acceso a {resource}",
  startedCaution:
    "**Rechace si no lo ha iniciado usted, ahora mismo.** Nadie tiene motivo para pedirle que apruebe su dispositivo: ni un compañero, ni la asistencia, ni un mensaje.",
  selfRegisteredCaution:
    "**Este nombre no está comprobado.** La aplicación se registró a sí misma y eligió su nombre.",
  unprovenCaution:
    "**Cualquier programa puede usar este nombre.** Júzguelo por el dispositivo que tiene delante.",
  unprovenDocument: "Dice que es la aplicación de este host y no lo prueba.",
  theDevice: "El dispositivo",
  unnamed: "No dijo qué es",
  unchecked: "Así se llama a sí mismo; nadie lo ha comprobado.",
  itsCode: "Su código",
  showsTheSame: "El dispositivo muestra el mismo.",
  itAsked: "Lo pidió",
  fromHere: "desde {address}, la dirección de internet de este navegador.",
  fromElsewhere:
    "desde {address}, que no es la dirección de internet de este navegador. Rechace, salvo que el dispositivo esté en otro lugar.",
  lastsShortly:
    "Si lo permite, el dispositivo podrá actuar en su nombre por poco tiempo y después deberá volver a pedirlo.",
  lasts:
    "Si lo permite, el dispositivo podrá actuar en su nombre en su ausencia, hasta que usted lo termine en la página de su cuenta, y durante {days} como máximo.",
  aDay: "un día",
  approvedTitle: "El dispositivo está conectado",
  approved: "{name} tiene lo que usted permitió. Vuelva a su dispositivo; puede cerrar esta página.",
  approvedEnd: "Puede terminar su acceso en cualquier momento en {accountPage}.",
  accountPage: "la página de su cuenta",
  deniedTitle: "Rechazado",
  denied: "No se concedió nada. {name} recibe el aviso de que usted rechazó. Puede cerrar esta página.",
  theDeviceItself: "El dispositivo",
  otherTitle: "No se concedió nada",
  other: "El código de esta página es del dispositivo de otra persona. Puede cerrar esta página.",
  otherWhatToDo:
    "Para conectar un dispositivo propio, empiece en el dispositivo y escriba el código que muestra.",
};
