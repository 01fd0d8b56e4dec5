import type { Words } from "../words.ts";

export const invitation: Words["invitation"] = {
  title: "Vous êtes invité",
  lead: "Créez votre compte sur {product}.",
  submit: "Créer le compte",
  passwordless: "Vous pourrez définir un mot de passe ou une clé d’accès sur la page de votre compte.",
  spentTitle: "Cette invitation ne fonctionne plus",
  spent: "Une invitation fonctionne une seule fois et pour une durée limitée.",
  spentWhatToDo:
    "Si vous avez créé votre compte avec elle, connectez-vous. Sinon, demandez-en une autre à ceux qui vous ont invité.",
};

export const reset: Words["reset"] = {
  title: "Mot de passe oublié\u202f?",
  lead: "Indiquez l’adresse de votre compte. Nous vous envoyons un lien avec lequel vous définissez un nouveau mot de passe.",
  submit: "M’envoyer un lien",
  sentTitle: "Consultez votre messagerie",
  sent: "Si **{email}** a un compte ici, un e-mail avec un lien est en route. Le lien est valable {minutes}.",
  sentHint:
    "Pas d’e-mail\u202f? Regardez parmi les indésirables, vérifiez l’adresse, ou redemandez dans quelques minutes.",
  newTitle: "Définir un nouveau mot de passe",
  newPassword: "Nouveau mot de passe",
  signOut: "Se déconnecter partout",
  signOutHint: "Chaque navigateur dans lequel vous êtes connecté devra se reconnecter.",
  endAccess: "Mettre fin aussi à l’accès de toutes les applications et de tous les agents",
  endAccessHint: "Chacun devra vous redemander. Faites-le si quelqu’un d’autre a pu utiliser votre compte.",
  newSubmit: "Définir le mot de passe",
  doneTitle: "Votre nouveau mot de passe est défini",
  done: "Connectez-vous avec lui désormais.",
  doneSignedOut: "Chaque navigateur devra se reconnecter.",
  doneEndedAccess: "Plus aucune application ni aucun agent n’a accès.",
  spentTitle: "Ce lien ne fonctionne plus",
  spent:
    "Un lien de nouveau mot de passe fonctionne une seule fois et peu de temps, et seul le plus récent fonctionne.",
  spentAgain: "En demander un autre",
};

export const signUp: Words["signUp"] = {
  title: "Créer un compte",
  name: "Nom",
  email: "Adresse e-mail",
  password: "Mot de passe",
  optionalPassword: "Mot de passe, si vous en voulez un",
  passwordHint: "Au moins {minimum} caractères. Une phrase convient bien.",
  noPasswordHint: "Sans mot de passe, nous vous envoyons un code par e-mail à chaque connexion.",
  submit: "Continuer",
  haveAccount: "J’ai un compte\u202f: se connecter",
  codeTitle: "Consultez votre messagerie",
  codeLead:
    "Un e-mail est en route vers **{email}**. Saisissez le code qu’il contient\u202f: il est valable {minutes}, et seulement dans ce navigateur. Si l’adresse a déjà un compte, l’e-mail le dit.",
  codeSubmit: "Créer le compte",
};

export const verification: Words["verification"] = {
  title: "Confirmez votre adresse",
  lead: "**{email}** est-elle votre adresse\u202f?",
  submit: "Oui, confirmer",
  doneTitle: "Votre adresse est confirmée",
  done: "**{email}** est confirmée.",
  spentTitle: "Ce lien ne fonctionne plus",
  spent: "Un lien de confirmation d’adresse fonctionne une seule fois et pour une durée limitée.",
  spentWhatToDo:
    "Si votre adresse n’est pas encore confirmée, demandez un autre lien sur la page de votre compte.",
};
