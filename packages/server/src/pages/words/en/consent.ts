export const consent = {
  title: "Allow access?",
  /** Goes on after the app's name. */
  wantsAccess: "wants access",
  wantsAccessTo: "wants access to {resource}",
  refuse: "Refuse",
  allow: "Allow",
  remembered: "If you allow this, you are not asked again for the same access.",
  notRemembered: "Your answer is not remembered: you are asked again next time.",
  whoAsks: "Who asks",
  youReturnTo: "You return to",
  programOnThisComputer: "A program on this computer.",
  accessTo: "Access to",
  signedInAs: "Signed in as",
  website: "It names as its website {host}",
  selfRegisteredCaution:
    "**This name is not verified.** The app registered itself and chose its name. Judge it by where you return to.",
  loopbackCaution:
    "**Any program on this computer can claim this name.** Allow it only if you started it yourself, just now.",
  newCaution: "**This app is new here.** Nobody used it on this server before today.",
  proven: "Proven: the answer reaches this app and no other.",
  notProven: "Not proven: another program could be using this name.",
  firstSeen: "First seen by this server: {ago}",
  howLong: "How long",
  untilEnded: "Until I end it",
  forTime: "{time}, until {date}",
  lengthForAll: "This counts for all of the above, also for what you allowed earlier.",
  stays:
    "It can act for you while you are away. It must ask again when it was not used for {idle}, and after {longest} in any case.",
  staysShortly: "It can act for you for {time} and must then ask again.",
};

/** What an app is and may do: on the consent page, the device's page and the account page. */
export const appAccess = {
  registered: "Registered by the people who run {product}.",
  document: "Described by its own document at this host.",
  selfRegistered: "Registered itself; nobody has checked it.",
  noScopes: "It asks for no permission beyond knowing that you signed in.",
  /** Above the list of permissions, each of which continues the sentence. */
  willBeAbleTo: "It will be able to",
  newlyAbleTo: "New: it will also be able to",
  alreadyAllowed: "You already allow",
  required: "Required",
  low: "Low risk",
  medium: "Medium risk",
  high: "High risk",
  /** Continue "It will be able to". OpenID Connect Core §5.4, §11 */
  openid: "Know that it is you who signed in",
  profile: "Read your name",
  emailScope: "Read your email address",
  offlineAccess: "Stay connected while you are away, until you end it",
  untick: "Untick what it should not be able to do.",
};
