/** Around every page. */
export const frame = {
  /** The window's title when a form came back. */
  errorTitle: "Error: {title}",
  caution: "Caution",
  language: "Language: {name}",
  privacy: "Privacy",
  terms: "Terms",
  support: "Help",
  or: "or",
  back: "Back",
  continue: "Continue",
  cancel: "Cancel",
  signedInAs: "Signed in as **{email}**.",
  useAnotherAccount: "Use another account",
};

/** Times, as far as `Intl` does not know the words. */
export const time = {
  lessThanAMinuteAgo: "less than a minute ago",
};

/** What a person reads of a User-Agent. */
export const userAgent = {
  browserOn: "{browser} on {system}",
  aBrowser: "A browser",
  program: "A program written in {language}",
  iphone: "an iPhone",
  ipad: "an iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "a Mac",
  linux: "Linux",
};
