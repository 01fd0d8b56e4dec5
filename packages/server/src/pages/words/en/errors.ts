/** What a person reads of a refusal: what happened, and what they can do now. */
export const errors = {
  /** Before the sentence for the app's author, which stays English. */
  forTheAuthor: "For the author of the app:",
  goBackTo: "Go back to {client}",
  notNowTitle: "Not now",
  notNow: "The server cannot answer at the moment. Try again.",
  tooMany: "Too many requests. Try again later.",
  waitAMoment: "Wait a moment and try again.",
  wait: "Wait {time} and try again.",
  unknownAppTitle: "This app is not known here",
  unknownApp: "The app is not registered with this server, or what it says of itself could not be read.",
  unknownAppWhatToDo:
    "Go back to the app and connect it anew. Its author finds the reason in this server’s trace.",
  overTitle: "This page is no longer valid",
  over: "Nothing is waiting for you in this browser.",
  waitedTooLong: "This page waited too long.",
  formOver: "The form does not belong to this browser or has expired.",
  overWhatToDo: "Go back to the app that you came from and start again.",
  requestTitle: "This request cannot be answered",
  request: "What the app asked for does not follow the rules of this server.",
  requestWhatToDo:
    "Go back to the app that you came from. Its author finds the reason in this server’s trace.",
  deviceOver: "The device is no longer waiting.",
  deviceOverWhatToDo: "Start again on the device: it shows a new code.",
  appRequestTitle: "The app’s request cannot be answered",
  appRequestWhatToDo: "Nothing was granted. You can close this page, or go back to the app.",
  deniedTitle: "Access cannot be given",
  denied: "What the app asks for cannot be given.",
  beyondRole: "Your account may not allow what the app asks for.",
  beyondRoleWhatToDo:
    "Nothing was granted. Ask the people who run this server for it, or go back to the app.",
  notFoundTitle: "There is no such page",
  notFound: "This address leads nowhere on this server.",
  notFoundWhatToDo: "Check the address, or go back to where you came from.",
  reference: "Reference {id}",
};
