/** Where a person connects a device by its code. */
export const device = {
  title: "Connect a device",
  lead: "Type the code that your device shows.",
  code: "Code",
  wrongCode: "No device is waiting with this code. Check it, or start again on the device.",
  sentCaution:
    "**Did somebody send you a code or a link?** Then stop here. Go on only for a device that you are using yourself right now.",
  compareTitle: "Does your device show this code?",
  no: "No",
  same: "Yes, the same",
  /** Goes on after the app's name. */
  wantsAccess: "on a device wants access",
  wantsAccessTo: "on a device wants access to {resource}",
  startedCaution:
    "**Refuse if you did not start this yourself, just now.** Nobody has a reason to ask you to approve their device: no colleague, no support, no message.",
  selfRegisteredCaution: "**This name is not verified.** The app registered itself and chose its name.",
  unprovenCaution: "**Any program can claim this name.** Judge it by the device in front of you.",
  unprovenDocument: "It says that it is the app of this host, and does not prove it.",
  theDevice: "The device",
  unnamed: "It did not say what it is",
  unchecked: "What it calls itself; nobody has checked it.",
  itsCode: "Its code",
  showsTheSame: "The device shows the same one.",
  itAsked: "It asked",
  fromHere: "from {address}, the internet address of this browser.",
  fromElsewhere:
    "from {address}, not the internet address of this browser. Refuse, unless the device is somewhere else.",
  lastsShortly: "If you allow this, the device can act for you for a short while and must then ask again.",
  lasts:
    "If you allow this, the device can act for you while you are away, until you end it on your account page, and for {days} at most.",
  /** In place of "1 day" in the sentence before. */
  aDay: "a day",
  approvedTitle: "The device is connected",
  approved: "{name} has what you allowed. Go back to your device; you can close this page.",
  approvedEnd: "You can end its access at any time on {accountPage}.",
  accountPage: "your account page",
  deniedTitle: "Refused",
  denied: "Nothing was granted. {name} is told that you refused. You can close this page.",
  /** In place of a name, at the beginning of a sentence. */
  theDeviceItself: "The device",
  otherTitle: "Nothing was granted",
  other: "The code on this page belongs to somebody else’s device. You can close this page.",
  otherWhatToDo: "To connect a device of your own, start on the device and type the code that it shows.",
};
