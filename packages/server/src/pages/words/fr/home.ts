import type { Words } from "../words.ts";

export const home: Words["home"] = {
  title: "Accueil",
  heading: "Connexion pour applications et agents",
  lead: "Ce serveur connecte les personnes et laisse des applications et des agents agir en leur nom, dans les limites que chacune autorise.",
  account: "Voir à qui vous avez donné accès",
  discovery: "Découverte",
  authorizationServer: "Métadonnées du serveur d’autorisation",
  openid: "Configuration OpenID",
  keys: "Clés",
};

export const setUp: Words["setUp"] = {
  title: "Configuration",
  heading: "Configurer {product}",
  lead: "Créez le premier compte d’administration. Le lien qui vous a amené ici fonctionne une seule fois.",
  email: "Adresse e-mail",
  name: "Nom",
  password: "Mot de passe",
  passwordHint: "Au moins {minimum} caractères. Une phrase convient bien.",
  submit: "Créer le compte d’administration",
  giveEmail: "Indiquez une adresse e-mail.",
  emailTaken: "Cette adresse e-mail est déjà prise.",
  doneHeading: "Le premier compte d’administration est créé",
  done: "**{name}** administre {product} désormais. Le lien ne fonctionne plus.",
  doneWithEmail: "**{name}** {email} administre {product} désormais. Le lien ne fonctionne plus.",
  next: "Ensuite, sur la machine qui le fait tourner\u202f: {command} lui fait connaître un serveur MCP ou une API. Connectez alors une application, et connectez-vous avec ce compte quand l’application le demande.",
  spentTitle: "Ce lien ne fonctionne plus",
  spent: "Un lien de configuration fonctionne une seule fois et pour une durée limitée.",
  spentWhatToDo:
    "S’il existe déjà un compte d’administration, il n’y a plus rien à faire ici. S’il n’en existe pas, redémarrez le serveur\u202f: il affichera un nouveau lien.",
};
