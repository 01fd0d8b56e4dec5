import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "Accedi",
  email: "Indirizzo e-mail",
  password: "Password",
  submit: "Accedi",
  toLet: "per permettere a **{client}** di usare **{resource}**",
  toContinue: "per continuare su **{client}**",
  toConnectDevice: "per collegare un dispositivo",
  toSeeAccount: "per vedere a chi hai dato accesso",
  wrong: "L’indirizzo e-mail o la password non sono corretti.",
  demonstration: "Account dimostrativi",
  demonstrationHint: "Mostrati perché questo è un server di sviluppo.",
  noRole: "nessun altro ruolo",
};

export const signOut: Words["signOut"] = {
  title: "Vuoi uscire?",
  clientAsks: "**{client}** chiede di farti uscire.",
  signedIn: "Hai eseguito l’accesso a {product} come **{email}**.",
  stay: "Resta connesso",
  submit: "Esci",
  doneTitle: "Uscita eseguita",
  doneHeading: "Hai eseguito l’uscita",
  done: "Questo browser non ha più l’accesso a {product}. Le app che hai autorizzato mantengono il loro accesso finché non viene tolto o scade.",
  signInAgain: "Accedi di nuovo",
};
