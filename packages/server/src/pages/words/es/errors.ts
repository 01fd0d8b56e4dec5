import type { Words } from "../words.ts";

export const errors: Words["errors"] = {
  forTheAuthor: "Para el autor de la aplicación:",
  goBackTo: "Volver a {client}",
  notNowTitle: "Ahora no",
  notNow: "El servidor no puede responder en este momento. Inténtelo de nuevo.",
  tooMany: "Demasiadas solicitudes. Inténtelo de nuevo más tarde.",
  waitAMoment: "Espere un momento e inténtelo de nuevo.",
  wait: "Espere {time} e inténtelo de nuevo.",
  unknownAppTitle: "Esta aplicación no se conoce aquí",
  unknownApp: "La aplicación no está registrada en este servidor, o lo que dice de sí misma no se pudo leer.",
  unknownAppWhatToDo:
    "Vuelva a la aplicación y conéctela de nuevo. Su autor encontrará el motivo en el registro de este servidor.",
  overTitle: "Esta página ya no vale",
  over: "No hay nada esperándole en este navegador.",
  waitedTooLong: "Esta página esperó demasiado.",
  formOver: "El formulario no pertenece a este navegador o ha caducado.",
  overWhatToDo: "Vuelva a la aplicación de la que vino y empiece de nuevo.",
  requestTitle: "Esta solicitud no se puede responder",
  request: "Lo que pidió la aplicación no sigue las reglas de este servidor.",
  requestWhatToDo:
    "Vuelva a la aplicación de la que vino. Su autor encontrará el motivo en el registro de este servidor.",
  deviceOver: "El dispositivo ya no espera.",
  deviceOverWhatToDo: "Empiece de nuevo en el dispositivo: mostrará un código nuevo.",
  appRequestTitle: "La solicitud de la aplicación no se puede responder",
  appRequestWhatToDo: "No se concedió nada. Puede cerrar esta página o volver a la aplicación.",
  deniedTitle: "No se puede dar acceso",
  denied: "Lo que pide la aplicación no se puede dar.",
  beyondRole: "Su cuenta no puede permitir lo que pide la aplicación.",
  beyondRoleWhatToDo:
    "No se concedió nada. Pídalo a los responsables de este servidor o vuelva a la aplicación.",
  notFoundTitle: "Esta página no existe",
  notFound: "Esta dirección no lleva a ninguna parte en este servidor.",
  notFoundWhatToDo: "Compruebe la dirección o vuelva al lugar del que vino.",
  reference: "Referencia {id}",
};
