import type { Words } from "../words.ts";

export const faults: Words["faults"] = {
  "password.wrong": "L’adresse e-mail ou le mot de passe est incorrect.",
  "passkey.refused": "Cette clé d’accès n’a pas été acceptée. Réessayez, ou connectez-vous autrement.",
  "code.wrong":
    "Ce code est incorrect ou n’est plus valable. Regardez votre e-mail le plus récent, ou faites envoyer un autre code.",
  "code.spent": "Ce code a déjà servi ou n’est plus valable. Faites-en envoyer un autre.",
  "one-time-password.wrong": "Ce code est incorrect. Attendez le prochain que votre application affiche.",
  "recovery-code.wrong": "Ce code de récupération est incorrect ou a déjà servi.",
  "email.invalid": "Indiquez une adresse e-mail.",
  "name.missing": "Indiquez un nom.",
  "invitation.spent": "Cette invitation a déjà servi ou n’est plus valable. Demandez-en une autre.",
  "upstream.disabled": "Cette manière de se connecter est désactivée. Prenez-en une autre.",
  "upstream.unreachable": "{upstream} ne répond pas. Réessayez dans un instant, ou connectez-vous autrement.",
  "upstream.denied": "{upstream} ne vous a pas connecté. Réessayez, ou connectez-vous autrement.",
  "upstream.answer":
    "La réponse de {upstream} n’a pas pu être acceptée. Réessayez\u202f; si cela se reproduit, dites-le aux responsables de ce serveur.",
  "upstream.not-linked":
    "Un compte d’ici a la même adresse e-mail. Connectez-vous comme avant, puis associez {upstream} sur la page de votre compte.",
  "upstream.no-email":
    "{upstream} n’a donné aucune adresse e-mail dont il soit prouvé qu’elle est la vôtre. Confirmez-y votre adresse, autorisez sa transmission et réessayez\u202f; ou connectez-vous autrement.",
  "upstream.changed":
    "Le compte d’ici qui a cette adresse e-mail est associé à un autre compte {upstream}. Utilisez celui-là, ou connectez-vous autrement et associez celui-ci sur la page de votre compte.",
  "upstream.taken":
    "Ce compte {upstream} est associé à un autre compte d’ici. Connectez-vous avec lui pour voir lequel.",
  "upstream.stranger":
    "Aucun compte d’ici ne correspond à cette connexion. Si vous en avez un, connectez-vous comme avant et associez {upstream} sur la page de votre compte. Sinon, demandez aux responsables de ce serveur.",
  "upstream.stale":
    "{upstream} ne vous a pas demandé de prouver à nouveau qui vous êtes, et c’est nécessaire maintenant. Déconnectez-vous là-bas et réessayez, ou connectez-vous autrement.",
  "account.off": "Ce compte est désactivé. Adressez-vous aux responsables de ce serveur.",
  "page.stale": "Cette page n’est plus à jour. Recommencez ici.",
};

export const steps: Words["steps"] = {
  withPasskey: "Se connecter avec une clé d’accès",
  mailCode: "M’envoyer un code par e-mail",
  continueWith: "Continuer avec {upstream}",
  forgot: "Mot de passe oublié\u202f?",
  signUp: "Créer un compte",
  otherWays: "Autres moyens de se connecter",
  restart: "Recommencer",
  codeTitle: "Consultez votre messagerie",
  codeLead:
    "Si **{email}** a un compte ici, un code est en route. Il est valable {minutes}, et seulement dans ce navigateur.",
  code: "Code",
  codeSubmit: "Se connecter",
  codeAgain: "Envoyer un autre code",
  secondTitle: "Encore une étape",
  secondLead: "Confirmez que c’est bien vous, **{email}**.",
  appCode: "Code de votre application d’authentification",
  recoveryCode: "Code de récupération",
  recoverySummary: "Utiliser plutôt un code de récupération",
  recoveryHint: "Chaque code fonctionne une seule fois.",
  usePasskey: "Utiliser une clé d’accès",
  confirm: "Confirmer",
  newSecondTitle: "Configurer une deuxième étape",
  newSecondLead: "Votre compte a besoin d’un second moyen de confirmer que c’est bien vous.",
  newPasskey: "Créer une clé d’accès",
  newPasskeyHint:
    "Le verrouillage d’écran de votre appareil, une clé de sécurité ou votre téléphone. Rien à saisir.",
  newApp: "Utiliser une application d’authentification",
  newAppHint: "Une application sur votre téléphone affiche un nouveau code toutes les 30 secondes.",
  appTitle: "Connecter votre application d’authentification",
  appScan: "Scannez cette image avec l’application, ou saisissez la clé.",
  appPicture: "Code QR pour votre application d’authentification",
  appKey: "Clé",
  appOpen: "Ouvrir dans l’application sur cet appareil",
  appFirstCode: "Saisissez ensuite le code que l’application affiche",
  appOther: "Utiliser autre chose",
  recoveryTitle: "Conservez vos codes de récupération",
  recoveryLead:
    "Si vous perdez votre téléphone, chacun de ces codes vous permet d’entrer une fois. Ils ne sont affichés que maintenant\u202f: imprimez-les ou rangez-les avec vos mots de passe.",
  recoveryKept: "Je les ai conservés",
  passkeyCancelled: "Aucune clé d’accès n’a été utilisée. Réessayez, ou connectez-vous autrement.",
  passkeyKnown: "Cet appareil a déjà une clé d’accès pour votre compte.",
  passkeyFailed: "Le navigateur n’a pas pu utiliser de clé d’accès ici.",
};
