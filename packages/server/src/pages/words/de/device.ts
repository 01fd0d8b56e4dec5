import type { Words } from "../words.ts";

export const device: Words["device"] = {
  title: "Ein Gerät verbinden",
  lead: "Geben Sie den Code ein, den Ihr Gerät anzeigt.",
  code: "Code",
  wrongCode: "Zu diesem Code wartet kein Gerät. Prüfen Sie ihn, oder beginnen Sie auf dem Gerät noch einmal.",
  sentCaution:
    "**Hat Ihnen jemand einen Code oder einen Link geschickt?** Dann hören Sie hier auf. Machen Sie nur für ein Gerät weiter, das Sie gerade selbst benutzen.",
  compareTitle: "Zeigt Ihr Gerät diesen Code?",
  no: "Nein",
  same: "Ja, denselben",
  wantsAccess: "auf einem Gerät bittet um Zugriff",
  wantsAccessTo: "auf einem Gerät bittet um Zugriff auf {resource}",
  startedCaution:
    "**Lehnen Sie ab, wenn Sie das nicht gerade eben selbst begonnen haben.** Niemand hat einen Grund, Sie um die Freigabe seines Geräts zu bitten: kein Kollege, kein Support, keine Nachricht.",
  selfRegisteredCaution:
    "**Dieser Name ist nicht geprüft.** Die App hat sich selbst registriert und ihren Namen selbst gewählt.",
  unprovenCaution: "**Jedes Programm kann sich so nennen.** Beurteilen Sie die App nach dem Gerät vor Ihnen.",
  unprovenDocument: "Die App gibt an, zu diesem Host zu gehören, und weist es nicht nach.",
  theDevice: "Das Gerät",
  unnamed: "Es hat nicht gesagt, was es ist",
  unchecked: "So nennt es sich selbst; niemand hat es geprüft.",
  itsCode: "Sein Code",
  showsTheSame: "Das Gerät zeigt denselben.",
  itAsked: "Es hat gefragt",
  fromHere: "von {address} aus, der Internetadresse dieses Browsers.",
  fromElsewhere:
    "von {address} aus; das ist nicht die Internetadresse dieses Browsers. Lehnen Sie ab, es sei denn, das Gerät befindet sich an einem anderen Ort.",
  lastsShortly:
    "Wenn Sie das erlauben, kann das Gerät kurze Zeit in Ihrem Namen handeln und muss dann wieder fragen.",
  lasts:
    "Wenn Sie das erlauben, kann das Gerät in Ihrem Namen handeln, auch während Sie nicht da sind, bis Sie es auf Ihrer Kontoseite beenden, längstens aber {days}.",
  aDay: "einen Tag",
  approvedTitle: "Das Gerät ist verbunden",
  approved:
    "{name} hat, was Sie erlaubt haben. Kehren Sie zu Ihrem Gerät zurück; Sie können diese Seite schließen.",
  approvedEnd: "Sie können den Zugriff jederzeit auf {accountPage} beenden.",
  accountPage: "Ihrer Kontoseite",
  deniedTitle: "Abgelehnt",
  denied:
    "Es wurde kein Zugriff gegeben. {name} erfährt, dass Sie abgelehnt haben. Sie können diese Seite schließen.",
  theDeviceItself: "Das Gerät",
  otherTitle: "Es wurde kein Zugriff gegeben",
  other: "Der Code auf dieser Seite gehört zum Gerät von jemand anderem. Sie können diese Seite schließen.",
  otherWhatToDo:
    "Um ein eigenes Gerät zu verbinden, beginnen Sie auf dem Gerät und geben Sie den Code ein, den es anzeigt.",
};
