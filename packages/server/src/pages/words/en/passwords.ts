/** Why a new password may not be, and what to do instead. */
export const newPassword = {
  tooShort: "The password must have at least {minimum} characters.",
  tooLong: "The password must be shorter than {maximum} bytes.",
  leaked: "This password appears in collections of leaked passwords. Choose another one.",
  common: "This password is too easy to guess: many people use one like it. Choose another one.",
  personal: "This password is too easy to guess: it contains a name or an address. Choose another one.",
  repeated: "This password is too easy to guess: it repeats itself. Add other words.",
  row: "This password is too easy to guess: it follows a row of letters, digits or keys. Add other words.",
  date: "This password is too easy to guess: it is mostly a date. Add other words.",
  short: "This password is too easy to guess. Add a word or two.",
  strength: "Strength of the password",
  good: "Good enough. Another word makes it stronger.",
  strong: "Hard to guess.",
};
