import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "Escriba este código en la página donde empezó:",
  tellNobody: "No se lo diga a nadie: ninguno de los responsables de {product} se lo pedirá.",
  orOpen: "O copie esta dirección en su navegador:",
  lifetime: "Sirve una sola vez y durante {time}.",
  ignore: "¿No lo pidió usted? Entonces ignore este correo: sin él no ocurre nada.",
  notYou:
    "¿No fue usted? Entonces inicie sesión en {product} ahora, termine cada sesión que no conozca y establezca una contraseña nueva.",
  tooLate: "¿No fue usted? Entonces escriba a los responsables de {product}.",
  account: "Gestionar su cuenta",
  sentBy: "Enviado por {product}, {host}. Nadie lee las respuestas a este correo.",
  letters: {
    "sign-in": {
      subject: "Iniciar sesión en {product}",
      lead: "Alguien, esperamos que usted, quiere iniciar sesión en {product} con esta dirección.",
      button: "Iniciar sesión",
    },
    "sign-up": {
      subject: "Confirme su dirección para {product}",
      lead: "Alguien, esperamos que usted, quiere crear una cuenta en {product} con esta dirección.",
      button: "Confirmar la dirección",
    },
    "already-here": {
      subject: "Ya tiene una cuenta en {product}",
      lead: "Alguien, esperamos que usted, quería crear una cuenta en {product} con esta dirección. Ya hay una: inicie sesión con ella, o establezca una contraseña nueva si ha olvidado la suya.",
      button: "Iniciar sesión",
    },
    "verify-email": {
      subject: "Confirme su dirección en {product}",
      lead: "Confirme que esta dirección es suya, para que {product} pueda fiarse de ella.",
      button: "Confirmar la dirección",
    },
    "change-email": {
      subject: "Confirme su nueva dirección en {product}",
      lead: "Una cuenta en {product} va a tener esta dirección desde ahora. Confirme que es suya.",
      button: "Confirmar la dirección",
    },
    "email-changed": {
      subject: "La dirección de su cuenta en {product} cambió",
      lead: "Su cuenta en {product} tiene ahora otra dirección: {about}. Sus correos van allí.",
    },
    "reset-password": {
      subject: "Contraseña nueva para {product}",
      lead: "Alguien, esperamos que usted, pidió establecer una contraseña nueva para la cuenta en {product} con esta dirección.",
      button: "Establecer una contraseña nueva",
    },
    "password-changed": {
      subject: "Su contraseña en {product} cambió",
      lead: "Se cambió la contraseña de su cuenta en {product}.",
    },
    invitation: {
      subject: "Tiene una invitación a {product}",
      lead: "Puede crear una cuenta en {product} con esta dirección.",
      button: "Aceptar la invitación",
    },
    "new-device": {
      subject: "Un dispositivo nuevo inició sesión en {product}",
      lead: "Se inició sesión en su cuenta en {product} desde un dispositivo que no se había visto aquí: {about}.",
    },
    "second-factor-added": {
      subject: "Su cuenta en {product} tiene un segundo factor",
      lead: "Desde ahora, {product} pide una contraseña de un solo uso cuando inicie sesión.",
    },
    "second-factor-removed": {
      subject: "Su cuenta en {product} ya no tiene segundo factor",
      lead: "Desde ahora, {product} no pide una contraseña de un solo uso cuando inicie sesión.",
    },
    "passkey-added": {
      subject: "Se añadió una llave de acceso a su cuenta en {product}",
      lead: "Desde ahora, esta llave de acceso inicia sesión en su cuenta en {product}: {about}.",
    },
    "passkey-removed": {
      subject: "Se quitó una llave de acceso de su cuenta en {product}",
      lead: "Esta llave de acceso ya no inicia sesión en su cuenta en {product}: {about}.",
    },
    "password-removed": {
      subject: "Se quitó su contraseña en {product}",
      lead: "Se quitó la contraseña de su cuenta en {product}. Las demás formas de entrar permanecen.",
    },
    "recovery-codes-made": {
      subject: "Códigos de recuperación nuevos para su cuenta en {product}",
      lead: "Se crearon códigos de recuperación nuevos para su cuenta en {product}. Los anteriores ya no sirven.",
    },
    "identity-added": {
      subject: "Una cuenta de otro sitio está conectada con la suya en {product}",
      lead: "Desde ahora, esta cuenta de otro sitio inicia sesión en su cuenta en {product}: {about}.",
    },
    "identity-removed": {
      subject: "Una cuenta de otro sitio se desconectó de la suya en {product}",
      lead: "Esta cuenta de otro sitio ya no inicia sesión en su cuenta en {product}: {about}.",
    },
    "account-removed": {
      subject: "Su cuenta en {product} se eliminó",
      lead: "Su cuenta en {product} ya no existe, y con ella todo lo que había permitido.",
    },
  },
};
