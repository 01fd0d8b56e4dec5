import type { Words } from "../words.ts";

export const faults: Words["faults"] = {
  "password.wrong": "El correo electrónico o la contraseña no son correctos.",
  "passkey.refused": "Esta llave de acceso no se aceptó. Inténtelo de nuevo o inicie sesión de otra forma.",
  "code.wrong": "Este código no es correcto o ya no vale. Mire su correo más reciente o pida otro código.",
  "code.spent": "Este código ya se usó o ya no vale. Pida otro.",
  "one-time-password.wrong": "Este código no es correcto. Espere al siguiente que muestre su aplicación.",
  "recovery-code.wrong": "Este código de recuperación no es correcto o ya se usó.",
  "email.invalid": "Indique un correo electrónico.",
  "name.missing": "Indique un nombre.",
  "invitation.spent": "Esta invitación ya se usó o ya no vale. Pida otra.",
  "upstream.disabled": "Esta forma de iniciar sesión está desactivada. Elija otra.",
  "upstream.unreachable": "{upstream} no responde. Inténtelo de nuevo en un momento o elija otra forma.",
  "upstream.denied": "{upstream} no inició su sesión. Inténtelo de nuevo o elija otra forma.",
  "upstream.answer":
    "La respuesta de {upstream} no se pudo aceptar. Inténtelo de nuevo; si vuelve a ocurrir, dígaselo a los responsables de este servidor.",
  "upstream.not-linked":
    "Una cuenta de aquí tiene el mismo correo electrónico. Inicie sesión como antes y después conecte {upstream} en la página de su cuenta.",
  "upstream.no-email":
    "{upstream} no indicó ningún correo electrónico que esté probado como suyo. Confirme allí su dirección, permita que se comunique e inténtelo de nuevo; o elija otra forma.",
  "upstream.changed":
    "La cuenta de aquí con este correo electrónico está conectada con otra cuenta de {upstream}. Use aquella, o inicie sesión de otra forma y conecte esta en la página de su cuenta.",
  "upstream.taken":
    "Esta cuenta de {upstream} está conectada con otra cuenta de aquí. Inicie sesión con ella para ver cuál.",
  "upstream.stranger":
    "Ninguna cuenta de aquí corresponde a este inicio de sesión. Si tiene una, inicie sesión como antes y conecte {upstream} en la página de su cuenta. Si no, pregunte a los responsables de este servidor.",
  "upstream.stale":
    "{upstream} no le pidió que probara de nuevo quién es, y ahora hace falta. Cierre sesión allí e inténtelo de nuevo, o elija otra forma.",
  "account.off": "Esta cuenta está desactivada. Pregunte a los responsables de este servidor.",
  "page.stale": "Esta página ya no está al día. Empiece de nuevo aquí.",
};

export const steps: Words["steps"] = {
  withPasskey: "Iniciar sesión con una llave de acceso",
  mailCode: "Enviarme un código por correo",
  continueWith: "Continuar con {upstream}",
  forgot: "¿Ha olvidado su contraseña?",
  signUp: "Crear una cuenta",
  otherWays: "Otras formas de iniciar sesión",
  restart: "Empezar de nuevo",
  codeTitle: "Revise su correo",
  codeLead:
    "Si **{email}** tiene una cuenta aquí, un código está en camino. Vale durante {minutes} y solo en este navegador.",
  code: "Código",
  codeSubmit: "Iniciar sesión",
  codeAgain: "Enviar otro código",
  secondTitle: "Un paso más",
  secondLead: "Confirme que es usted, **{email}**.",
  appCode: "Código de su aplicación de autenticación",
  recoveryCode: "Código de recuperación",
  recoverySummary: "Usar un código de recuperación",
  recoveryHint: "Cada código sirve una sola vez.",
  usePasskey: "Usar una llave de acceso",
  confirm: "Confirmar",
  newSecondTitle: "Configurar un segundo paso",
  newSecondLead: "Su cuenta necesita una segunda forma de confirmar que es usted.",
  newPasskey: "Crear una llave de acceso",
  newPasskeyHint:
    "El bloqueo de pantalla de su dispositivo, una llave de seguridad o su teléfono. No hay que escribir nada.",
  newApp: "Usar una aplicación de autenticación",
  newAppHint: "Una aplicación en su teléfono muestra un código nuevo cada 30 segundos.",
  appTitle: "Conectar su aplicación de autenticación",
  appScan: "Escanee esta imagen con la aplicación o escriba la clave.",
  appPicture: "Código QR para su aplicación de autenticación",
  appKey: "Clave",
  appOpen: "Abrir en la aplicación de este dispositivo",
  appFirstCode: "Después escriba el código que muestra la aplicación",
  appOther: "Usar otra cosa",
  recoveryTitle: "Guarde sus códigos de recuperación",
  recoveryLead:
    "Si pierde su teléfono, cada uno de estos códigos le permite entrar una vez. Solo se muestran ahora: imprímalos o guárdelos junto a sus contraseñas.",
  recoveryKept: "Los he guardado",
  passkeyCancelled: "No se usó ninguna llave de acceso. Inténtelo de nuevo o inicie sesión de otra forma.",
  passkeyKnown: "Este dispositivo ya tiene una llave de acceso para su cuenta.",
  passkeyFailed: "El navegador no pudo usar una llave de acceso aquí.",
};
