import type { Words } from "../words.ts";

export const signIn: Words["signIn"] = {
  title: "Se connecter",
  email: "Adresse e-mail",
  password: "Mot de passe",
  submit: "Se connecter",
  toLet: "pour permettre à **{client}** d’utiliser **{resource}**",
  toContinue: "pour continuer vers **{client}**",
  toConnectDevice: "pour connecter un appareil",
  toSeeAccount: "pour voir à qui vous avez donné accès",
  wrong: "L’adresse e-mail ou le mot de passe est incorrect.",
  demonstration: "Comptes de démonstration",
  demonstrationHint: "Affichés parce que ceci est un serveur de développement.",
  noRole: "aucun autre rôle",
};

export const signOut: Words["signOut"] = {
  title: "Se déconnecter\u202f?",
  clientAsks: "**{client}** demande à vous déconnecter.",
  signedIn: "Vous êtes connecté à {product} en tant que **{email}**.",
  stay: "Rester connecté",
  submit: "Se déconnecter",
  doneTitle: "Déconnecté",
  doneHeading: "Vous êtes déconnecté",
  done: "Ce navigateur est déconnecté de {product}. Les applications que vous avez autorisées gardent leur accès jusqu’à ce qu’il soit retiré ou qu’il expire.",
  signInAgain: "Se reconnecter",
};
