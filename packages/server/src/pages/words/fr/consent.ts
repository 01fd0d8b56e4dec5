import type { Words } from "../words.ts";

export const appAccess: Words["appAccess"] = {
  registered: "Enregistrée par les responsables de {product}.",
  document: "Décrite par son propre document sur cet hôte.",
  selfRegistered: "S’est enregistrée elle-même\u202f; personne ne l’a vérifiée.",
  noScopes: "Elle ne demande aucune autorisation\u202f; elle saura seulement que vous vous êtes connecté.",
  willBeAbleTo: "Elle pourra",
  newlyAbleTo: "Nouveau\u202f: elle pourra aussi",
  alreadyAllowed: "Vous autorisez déjà",
  required: "Nécessaire",
  low: "Risque faible",
  medium: "Risque moyen",
  high: "Risque élevé",
  openid: "Savoir que c’est vous qui vous êtes connecté",
  profile: "Lire votre nom",
  emailScope: "Lire votre adresse e-mail",
  offlineAccess: "Rester connectée en votre absence, jusqu’à ce que vous y mettiez fin",
  untick: "Décochez ce qu’elle ne doit pas pouvoir faire.",
};

export const consent: Words["consent"] = {
  title: "Autoriser l’accès\u202f?",
  wantsAccess: "demande un accès",
  wantsAccessTo: "demande un accès à {resource}",
  refuse: "Refuser",
  allow: "Autoriser",
  remembered: "Si vous autorisez cela, on ne vous redemandera pas le même accès.",
  notRemembered:
    "Votre réponse n’est pas retenue\u202f: la question vous sera posée à nouveau la prochaine fois.",
  whoAsks: "Qui demande",
  youReturnTo: "Vous retournez vers",
  programOnThisComputer: "Un programme sur cet ordinateur.",
  accessTo: "Accès à",
  signedInAs: "Connecté en tant que",
  website: "Elle indique comme site web {host}",
  selfRegisteredCaution:
    "**Ce nom n’est pas vérifié.** L’application s’est enregistrée elle-même et a choisi son nom. Jugez-la d’après l’endroit où vous retournez.",
  loopbackCaution:
    "**N’importe quel programme de cet ordinateur peut prendre ce nom.** N’autorisez que si vous l’avez lancé vous-même, à l’instant.",
  newCaution:
    "**Cette application est nouvelle ici.** Personne ne l’a utilisée sur ce serveur avant aujourd’hui.",
  proven: "Prouvé\u202f: la réponse parvient à cette application et à aucune autre.",
  notProven: "Non prouvé\u202f: un autre programme pourrait utiliser ce nom.",
  firstSeen: "Vue pour la première fois par ce serveur\u202f: {ago}",
  howLong: "Combien de temps",
  untilEnded: "Jusqu’à ce que j’y mette fin",
  forTime: "{time}, jusqu’au {date}",
  lengthForAll: "Cela vaut pour tout ce qui précède, y compris ce que vous avez autorisé auparavant.",
  stays:
    "Elle pourra agir en votre nom en votre absence. Elle devra redemander si elle n’a pas servi pendant {idle}, et dans tous les cas après {longest}.",
  staysShortly: "Elle pourra agir en votre nom pendant {time} et devra ensuite redemander.",
};
