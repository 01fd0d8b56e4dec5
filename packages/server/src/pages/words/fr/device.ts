import type { Words } from "../words.ts";

export const device: Words["device"] = {
  title: "Connecter un appareil",
  lead: "Saisissez le code que votre appareil affiche.",
  code: "Code",
  wrongCode: "Aucun appareil n’attend avec ce code. Vérifiez-le, ou recommencez sur l’appareil.",
  sentCaution:
    "**Quelqu’un vous a-t-il envoyé un code ou un lien\u202f?** Alors arrêtez-vous ici. Ne continuez que pour un appareil que vous utilisez vous-même en ce moment.",
  compareTitle: "Votre appareil affiche-t-il ce code\u202f?",
  no: "Non",
  same: "Oui, le même",
  wantsAccess: "sur un appareil demande un accès",
  wantsAccessTo: "sur un appareil demande un accès à {resource}",
  startedCaution:
    "**Refusez si vous n’avez pas lancé cela vous-même, à l’instant.** Personne n’a de raison de vous demander d’approuver son appareil\u202f: ni collègue, ni assistance, ni message.",
  selfRegisteredCaution:
    "**Ce nom n’est pas vérifié.** L’application s’est enregistrée elle-même et a choisi son nom.",
  unprovenCaution:
    "**N’importe quel programme peut prendre ce nom.** Jugez d’après l’appareil qui est devant vous.",
  unprovenDocument: "Elle dit être l’application de cet hôte, et ne le prouve pas.",
  theDevice: "L’appareil",
  unnamed: "Il n’a pas dit ce qu’il est",
  unchecked: "Le nom qu’il se donne\u202f; personne ne l’a vérifié.",
  itsCode: "Son code",
  showsTheSame: "L’appareil affiche le même.",
  itAsked: "Il a demandé",
  fromHere: "depuis {address}, l’adresse Internet de ce navigateur.",
  fromElsewhere:
    "depuis {address}, qui n’est pas l’adresse Internet de ce navigateur. Refusez, sauf si l’appareil se trouve ailleurs.",
  lastsShortly:
    "Si vous autorisez cela, l’appareil pourra agir en votre nom pendant un court moment et devra ensuite redemander.",
  lasts:
    "Si vous autorisez cela, l’appareil pourra agir en votre nom en votre absence, jusqu’à ce que vous y mettiez fin sur la page de votre compte, et pendant {days} au plus.",
  aDay: "un jour",
  approvedTitle: "L’appareil est connecté",
  approved:
    "{name} a ce que vous avez autorisé. Retournez à votre appareil\u202f; vous pouvez fermer cette page.",
  approvedEnd: "Vous pouvez mettre fin à son accès à tout moment sur {accountPage}.",
  accountPage: "la page de votre compte",
  deniedTitle: "Refusé",
  denied: "Rien n’a été accordé. {name} apprend que vous avez refusé. Vous pouvez fermer cette page.",
  theDeviceItself: "L’appareil",
  otherTitle: "Rien n’a été accordé",
  other: "Le code de cette page appartient à l’appareil de quelqu’un d’autre. Vous pouvez fermer cette page.",
  otherWhatToDo:
    "Pour connecter votre propre appareil, commencez sur l’appareil et saisissez le code qu’il affiche.",
};
