import type { Words } from "../words.ts";

export const errors: Words["errors"] = {
  forTheAuthor: "Pour l’auteur de l’application\u202f:",
  goBackTo: "Retourner à {client}",
  notNowTitle: "Pas maintenant",
  notNow: "Le serveur ne peut pas répondre pour le moment. Réessayez.",
  tooMany: "Trop de demandes. Réessayez plus tard.",
  waitAMoment: "Attendez un instant, puis réessayez.",
  wait: "Attendez {time}, puis réessayez.",
  unknownAppTitle: "Cette application n’est pas connue ici",
  unknownApp:
    "L’application n’est pas enregistrée sur ce serveur, ou ce qu’elle dit d’elle-même n’a pas pu être lu.",
  unknownAppWhatToDo:
    "Retournez à l’application et connectez-la à nouveau. Son auteur trouvera la raison dans le journal de ce serveur.",
  overTitle: "Cette page n’est plus valable",
  over: "Rien ne vous attend dans ce navigateur.",
  waitedTooLong: "Cette page a attendu trop longtemps.",
  formOver: "Le formulaire n’appartient pas à ce navigateur ou a expiré.",
  overWhatToDo: "Retournez à l’application d’où vous venez et recommencez.",
  requestTitle: "Cette demande ne peut pas recevoir de réponse",
  request: "Ce que l’application a demandé ne suit pas les règles de ce serveur.",
  requestWhatToDo:
    "Retournez à l’application d’où vous venez. Son auteur trouvera la raison dans le journal de ce serveur.",
  deviceOver: "L’appareil n’attend plus.",
  deviceOverWhatToDo: "Recommencez sur l’appareil\u202f: il affichera un nouveau code.",
  appRequestTitle: "La demande de l’application ne peut pas recevoir de réponse",
  appRequestWhatToDo: "Rien n’a été accordé. Vous pouvez fermer cette page, ou retourner à l’application.",
  deniedTitle: "L’accès ne peut pas être donné",
  denied: "Ce que l’application demande ne peut pas être donné.",
  beyondRole: "Votre compte ne peut pas autoriser ce que l’application demande.",
  beyondRoleWhatToDo:
    "Rien n’a été accordé. Demandez-le aux responsables de ce serveur, ou retournez à l’application.",
  notFoundTitle: "Cette page n’existe pas",
  notFound: "Cette adresse ne mène nulle part sur ce serveur.",
  notFoundWhatToDo: "Vérifiez l’adresse, ou retournez d’où vous venez.",
  reference: "Référence {id}",
};
