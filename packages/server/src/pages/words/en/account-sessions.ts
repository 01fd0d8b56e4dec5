/** The browsers in which a person is signed in. */
export const sessions = {
  title: "Where you are signed in",
  lead: "Browsers that are signed in to your account. Sign out those that you do not recognize, then change your password.",
  current: "This browser",
  place: "{place}. Signed in {since}; last used {used}.",
  end: "Sign out",
  endOthers: "Sign out everywhere else",
  unnamed: "A browser that did not say what it is",
  ended: "That browser is signed out.",
  othersEnded: "Every other browser is signed out.",
};

/** Where somebody is, in words. Nobody has proven any of it. */
export const places = {
  thisComputer: "This computer",
  privateNetwork: "A private network",
  unknown: "An unknown place",
  /** A city and its country. */
  city: "{city}, {country}",
};
