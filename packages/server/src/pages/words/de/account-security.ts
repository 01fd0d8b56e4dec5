import { counted } from "../counted.ts";
import type { Words } from "../words.ts";

export const security: Words["security"] = {
  title: "Wie Sie sich anmelden",
  change: "Ändern",
  onlyWay:
    "Das ist Ihre einzige Möglichkeit, sich anzumelden. Fügen Sie eine andere hinzu, bevor Sie sie entfernen.",
  onlyFactor:
    "Ein zweiter Schritt ist hier vorgeschrieben. Fügen Sie einen anderen hinzu, bevor Sie diesen entfernen.",

  passkeys: "Passkeys",
  passkeysLead:
    "Ein Passkey meldet Sie mit Ihrer Bildschirmsperre oder einem Sicherheitsschlüssel an und lässt sich nicht abfischen.",
  addPasskey: "Einen Passkey hinzufügen",
  unnamedPasskey: "Passkey",
  synced: "Er kann auf mehreren Ihrer Geräte sein.",
  oneDevice: "Er ist nur auf einem Gerät.",
  newPasskeyTitle: "Passkey hinzufügen",
  newPasskeyLead: "Geben Sie ihm einen Namen, an dem Sie ihn erkennen, und folgen Sie dann Ihrem Browser.",
  needsScript:
    "Erscheint hier keine Schaltfläche, kann dieser Browser keine Passkeys verwenden, oder seine Skripte sind abgeschaltet.",
  passkeyName: "Name",
  passkeyNameHint: "Etwa: Telefon, Laptop, Sicherheitsschlüssel. Er kann leer bleiben.",
  passkeyTitle: "Passkey",
  rename: "Namen speichern",
  removePasskey: "Diesen Passkey entfernen",
  removePasskeyHint:
    "Er meldet Sie dann nicht mehr an. Löschen Sie ihn auch auf Ihrem Gerät, sonst wird er weiter angeboten.",
  removePasskeySubmit: "Den Passkey entfernen",

  password: "Passwort",
  hasPassword: "Sie haben ein Passwort.",
  hasNoPassword: "Sie haben kein Passwort.",
  setPassword: "Ein Passwort festlegen",
  changePassword: "Das Passwort ändern",
  currentPassword: "Aktuelles Passwort",
  newPassword: "Neues Passwort",
  wrongPassword: "Das aktuelle Passwort ist falsch.",
  signOutOthers: "Überall sonst abmelden",
  signOutOthersHint: "Jeder andere Browser, in dem Sie angemeldet sind, muss sich neu anmelden.",
  removePassword: "Das Passwort entfernen",
  removePasswordHint: "Sie melden sich dann nur noch auf den anderen Wegen an, die Sie haben.",
  removePasswordSubmit: "Das Passwort entfernen",

  app: "Authenticator-App",
  hasApp: "Ihr Code wird nach dem Passwort abgefragt. Eingerichtet {since}.",
  hasNoApp: "Ein Code aus einer App auf Ihrem Telefon, der nach dem Passwort abgefragt wird.",
  addApp: "Eine App einrichten",
  removeApp: "Die App entfernen",
  removeAppHint: "Ihre Codes werden nicht mehr abgefragt und gelten nicht mehr.",
  removeAppSubmit: "Die App entfernen",

  codes: "Wiederherstellungscodes",
  codesLeft: counted({
    one: "{count} Code ist übrig. Er meldet Sie an, wenn Ihnen der zweite Schritt abhandenkommt.",
    other:
      "{count} Codes sind übrig. Jeder meldet Sie einmal an, wenn Ihnen der zweite Schritt abhandenkommt.",
  }),
  noCodes: "Es sind keine mehr übrig.",
  newCodes: "Neue Codes anlegen",
  newCodesHint: "Die bisherigen gelten dann nicht mehr.",
  newCodesSubmit: "Neue Codes anlegen",

  elsewhere: "Konten bei anderen Diensten",
  elsewhereLead: "Mit diesen Konten können Sie sich hier anmelden.",
  connect: "{upstream} verbinden",
  connected: "Verbunden {since}.",
  off: "Diese Art der Anmeldung ist abgeschaltet.",
  disconnect: "Trennen",

  email: "E-Mail-Adresse",
  verified: "Sie haben sie bestätigt.",
  unverified: "Sie haben sie noch nicht bestätigt.",
  verify: "Link zum Bestätigen zusenden",
  changeEmail: "Die Adresse ändern",
  changeEmailTitle: "Ihre Adresse ändern",
  newEmail: "Neue Adresse",
  changeEmailLead:
    "Wir senden einen Code an die neue Adresse. Bevor Sie ihn eingegeben haben, ändert sich nichts.",
  changeEmailSubmit: "Code zusenden",
  emailCodeLead: "Ein Code ist unterwegs an **{email}**. Er gilt {minutes} lang und nur in diesem Browser.",
  emailCodeSubmit: "Die Adresse ändern",
  wrongCode:
    "Dieser Code ist falsch oder gilt nicht mehr. Sehen Sie in Ihrer neuesten E-Mail nach, oder beginnen Sie neu.",
  emailTaken: "Diese Adresse gehört hier zu einem anderen Konto.",

  done: {
    passkeyAdded: "Der Passkey wurde hinzugefügt.",
    passkeyRenamed: "Der Name wurde gespeichert.",
    passkeyRemoved: "Der Passkey wurde entfernt.",
    passwordSet: "Ihr neues Passwort ist festgelegt.",
    passwordSetEverywhere: "Ihr neues Passwort ist festgelegt, und jeder andere Browser wurde abgemeldet.",
    passwordRemoved: "Das Passwort wurde entfernt.",
    appAdded: "Die Authenticator-App ist eingerichtet.",
    appRemoved: "Die Authenticator-App wurde entfernt.",
    connected: "{upstream} ist verbunden.",
    disconnected: "Das Konto wurde getrennt.",
    verificationMailed: "Eine E-Mail mit einem Link ist an Sie unterwegs.",
    emailChanged: "Ihre Adresse wurde geändert.",
  },
};
