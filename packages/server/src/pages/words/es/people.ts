import type { Words } from "../words.ts";

export const invitation: Words["invitation"] = {
  title: "Tiene una invitación",
  lead: "Cree su cuenta en {product}.",
  submit: "Crear la cuenta",
  passwordless: "Puede establecer una contraseña o una llave de acceso en la página de su cuenta.",
  spentTitle: "Esta invitación ya no sirve",
  spent: "Una invitación sirve una sola vez y por tiempo limitado.",
  spentWhatToDo: "Si creó su cuenta con ella, inicie sesión. Si no, pida otra a quienes le invitaron.",
};

export const reset: Words["reset"] = {
  title: "¿Ha olvidado su contraseña?",
  lead: "Indique la dirección de su cuenta. Le enviamos un enlace con el que podrá establecer una contraseña nueva.",
  submit: "Enviarme un enlace",
  sentTitle: "Revise su correo",
  sent: "Si **{email}** tiene una cuenta aquí, un correo con un enlace está en camino. El enlace vale durante {minutes}.",
  sentHint:
    "¿No llega? Mire en la carpeta de correo no deseado, compruebe la dirección o pídalo de nuevo en unos minutos.",
  newTitle: "Establecer una contraseña nueva",
  newPassword: "Contraseña nueva",
  signOut: "Cerrar sesión en todas partes",
  signOutHint: "Cada navegador en el que tenga sesión tendrá que iniciarla de nuevo.",
  endAccess: "Terminar también el acceso de todas las aplicaciones y agentes",
  endAccessHint:
    "Cada uno tendrá que pedírselo de nuevo. Hágalo si otra persona puede haber usado su cuenta.",
  newSubmit: "Establecer la contraseña",
  doneTitle: "Su contraseña nueva está establecida",
  done: "Inicie sesión con ella desde ahora.",
  doneSignedOut: "Cada navegador tiene que iniciar sesión de nuevo.",
  doneEndedAccess: "Ninguna aplicación ni agente tiene ya acceso.",
  spentTitle: "Este enlace ya no sirve",
  spent: "Un enlace para una contraseña nueva sirve una sola vez y por poco tiempo, y solo el más reciente.",
  spentAgain: "Pedir otro",
};

export const signUp: Words["signUp"] = {
  title: "Crear una cuenta",
  name: "Nombre",
  email: "Correo electrónico",
  password: "Contraseña",
  optionalPassword: "Contraseña, si quiere una",
  passwordHint: "Al menos {minimum} caracteres. Una frase es buena idea.",
  noPasswordHint: "Sin contraseña, le enviamos un código por correo cada vez que inicie sesión.",
  submit: "Continuar",
  haveAccount: "Tengo una cuenta: iniciar sesión",
  codeTitle: "Revise su correo",
  codeLead:
    "Un correo está en camino a **{email}**. Escriba el código que contiene: vale durante {minutes} y solo en este navegador. Si la dirección ya tiene una cuenta, el correo lo dice.",
  codeSubmit: "Crear la cuenta",
};

export const verification: Words["verification"] = {
  title: "Confirme su dirección",
  lead: "¿Es **{email}** su dirección?",
  submit: "Sí, confirmarla",
  doneTitle: "Su dirección está confirmada",
  done: "**{email}** está confirmada.",
  spentTitle: "Este enlace ya no sirve",
  spent: "Un enlace que confirma una dirección sirve una sola vez y por tiempo limitado.",
  spentWhatToDo: "Si su dirección aún no está confirmada, pida otro enlace en la página de su cuenta.",
};
