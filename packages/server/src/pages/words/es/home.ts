import type { Words } from "../words.ts";

export const home: Words["home"] = {
  title: "Inicio",
  heading: "Inicio de sesión para aplicaciones y agentes",
  lead: "Este servidor inicia la sesión de las personas y deja que aplicaciones y agentes actúen en su nombre, dentro de lo que cada una permite.",
  account: "Ver a quién ha dado acceso",
  discovery: "Descubrimiento",
  authorizationServer: "Metadatos del servidor de autorización",
  openid: "Configuración de OpenID",
  keys: "Claves",
};

export const setUp: Words["setUp"] = {
  title: "Configuración",
  heading: "Configurar {product}",
  lead: "Cree la primera cuenta de administración. El enlace que le trajo aquí sirve una sola vez.",
  email: "Correo electrónico",
  name: "Nombre",
  password: "Contraseña",
  passwordHint: "Al menos {minimum} caracteres. Una frase es buena idea.",
  submit: "Crear la cuenta de administración",
  giveEmail: "Indique un correo electrónico.",
  emailTaken: "Este correo electrónico ya está en uso.",
  doneHeading: "La primera cuenta de administración está creada",
  done: "**{name}** administra {product} desde ahora. El enlace no vuelve a servir.",
  doneWithEmail: "**{name}** {email} administra {product} desde ahora. El enlace no vuelve a servir.",
  next: "A continuación, en la máquina que lo ejecuta: {command} le da a conocer un servidor MCP o una API. Después conecte una aplicación e inicie sesión con esta cuenta cuando la aplicación lo pida.",
  spentTitle: "Este enlace ya no sirve",
  spent: "Un enlace de configuración sirve una sola vez y por tiempo limitado.",
  spentWhatToDo:
    "Si ya hay una cuenta de administración, no queda nada que hacer aquí. Si no la hay, reinicie el servidor: mostrará un enlace nuevo.",
};
