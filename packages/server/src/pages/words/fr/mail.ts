import type { Words } from "../words.ts";

export const mail: Words["mail"] = {
  code: "Saisissez ce code sur la page où vous avez commencé\u202f:",
  tellNobody: "Ne le donnez à personne\u202f: aucun responsable de {product} ne vous le demandera.",
  orOpen: "Ou copiez cette adresse dans votre navigateur\u202f:",
  lifetime: "Ceci fonctionne une seule fois, pendant {time}.",
  ignore: "Vous n’avez pas demandé cela\u202f? Alors ignorez cet e-mail\u202f: rien ne se passe sans lui.",
  notYou:
    "Ce n’était pas vous\u202f? Alors connectez-vous maintenant à {product}, mettez fin à chaque session que vous ne connaissez pas et définissez un nouveau mot de passe.",
  tooLate: "Ce n’était pas vous\u202f? Alors écrivez aux responsables de {product}.",
  account: "Gérer votre compte",
  sentBy: "Envoyé par {product}, {host}. Personne ne lit les réponses à cet e-mail.",
  letters: {
    "sign-in": {
      subject: "Connexion à {product}",
      lead: "Quelqu’un, vous espérons-le, veut se connecter à {product} avec cette adresse.",
      button: "Se connecter",
    },
    "sign-up": {
      subject: "Confirmez votre adresse pour {product}",
      lead: "Quelqu’un, vous espérons-le, veut créer un compte sur {product} avec cette adresse.",
      button: "Confirmer l’adresse",
    },
    "already-here": {
      subject: "Vous avez déjà un compte sur {product}",
      lead: "Quelqu’un, vous espérons-le, voulait créer un compte sur {product} avec cette adresse. Il en existe un\u202f: connectez-vous avec lui, ou définissez un nouveau mot de passe si vous avez oublié le vôtre.",
      button: "Se connecter",
    },
    "verify-email": {
      subject: "Confirmez votre adresse sur {product}",
      lead: "Confirmez que cette adresse est la vôtre, pour que {product} puisse s’y fier.",
      button: "Confirmer l’adresse",
    },
    "change-email": {
      subject: "Confirmez votre nouvelle adresse sur {product}",
      lead: "Un compte sur {product} doit avoir cette adresse désormais. Confirmez qu’elle est la vôtre.",
      button: "Confirmer l’adresse",
    },
    "email-changed": {
      subject: "L’adresse de votre compte sur {product} a changé",
      lead: "Votre compte sur {product} a maintenant une autre adresse\u202f: {about}. Ses e-mails y sont envoyés.",
    },
    "reset-password": {
      subject: "Nouveau mot de passe pour {product}",
      lead: "Quelqu’un, vous espérons-le, a demandé un nouveau mot de passe pour le compte sur {product} qui a cette adresse.",
      button: "Définir un nouveau mot de passe",
    },
    "password-changed": {
      subject: "Votre mot de passe sur {product} a changé",
      lead: "Le mot de passe de votre compte sur {product} a été modifié.",
    },
    invitation: {
      subject: "Vous êtes invité sur {product}",
      lead: "Vous pouvez créer un compte sur {product} avec cette adresse.",
      button: "Accepter l’invitation",
    },
    "new-device": {
      subject: "Un nouvel appareil s’est connecté à {product}",
      lead: "Une connexion à votre compte sur {product} a eu lieu depuis un appareil inconnu jusqu’ici\u202f: {about}.",
    },
    "second-factor-added": {
      subject: "Votre compte sur {product} a un second facteur",
      lead: "Désormais, {product} demande un mot de passe à usage unique quand vous vous connectez.",
    },
    "second-factor-removed": {
      subject: "Votre compte sur {product} n’a plus de second facteur",
      lead: "Désormais, {product} ne demande plus de mot de passe à usage unique quand vous vous connectez.",
    },
    "passkey-added": {
      subject: "Une clé d’accès a été ajoutée à votre compte sur {product}",
      lead: "Désormais, cette clé d’accès permet de se connecter à votre compte sur {product}\u202f: {about}.",
    },
    "passkey-removed": {
      subject: "Une clé d’accès a été retirée de votre compte sur {product}",
      lead: "Cette clé d’accès ne permet plus de se connecter à votre compte sur {product}\u202f: {about}.",
    },
    "password-removed": {
      subject: "Votre mot de passe sur {product} a été retiré",
      lead: "Le mot de passe de votre compte sur {product} a été retiré. Les autres moyens d’entrer restent.",
    },
    "recovery-codes-made": {
      subject: "Nouveaux codes de récupération pour votre compte sur {product}",
      lead: "De nouveaux codes de récupération ont été créés pour votre compte sur {product}. Les anciens ne valent plus rien.",
    },
    "identity-added": {
      subject: "Un compte d’un autre service est associé au vôtre sur {product}",
      lead: "Désormais, ce compte d’un autre service permet de se connecter à votre compte sur {product}\u202f: {about}.",
    },
    "identity-removed": {
      subject: "Un compte d’un autre service a été dissocié du vôtre sur {product}",
      lead: "Ce compte d’un autre service ne permet plus de se connecter à votre compte sur {product}\u202f: {about}.",
    },
    "account-removed": {
      subject: "Votre compte sur {product} a été supprimé",
      lead: "Votre compte sur {product} n’existe plus, ni aucun des accès qu’il avait donnés.",
    },
  },
};
