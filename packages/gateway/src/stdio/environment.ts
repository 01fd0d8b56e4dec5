export type Environment = Readonly<Record<string, string | undefined>>;

/** What a program needs to find itself and its user; the secrets of the gateway's own environment are not among it. */
const PASSED = [
  "HOME",
  "LANG",
  "LC_ALL",
  "LOGNAME",
  "PATH",
  "SHELL",
  "TERM",
  "TMPDIR",
  "TZ",
  "USER",
  // Behind a company's proxy TLS is signed by an authority of its own; these are names of files, which anybody may know.
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_DIR",
  "SSL_CERT_FILE",
  // Windows finds programs and profiles by these.
  "APPDATA",
  "COMSPEC",
  "HOMEDRIVE",
  "HOMEPATH",
  "LOCALAPPDATA",
  "PATHEXT",
  "PROGRAMDATA",
  "PROGRAMFILES",
  "SYSTEMDRIVE",
  "SYSTEMROOT",
  "TEMP",
  "TMP",
  "USERNAME",
  "USERPROFILE",
];

/** Our own settings and secrets begin so, and so do the facts about the caller. */
const OURS = /^VALETKEY_/i;

/** The environment of the protected server: an allow-list, and what the operator gave by name. */
export function childEnvironment(own: Environment, given: Environment, told: Environment): Environment {
  const passed = Object.entries(own).filter(([name]) => PASSED.includes(name.toUpperCase()));
  const added = Object.entries(given).filter(([name]) => !OURS.test(name));
  // A shell exports functions under names that no program asks for; their values are code.
  const safe = passed.filter(([, value]) => value !== undefined && !value.startsWith("()"));
  return Object.fromEntries([...safe, ...added, ...Object.entries(told)]);
}

/** Why an operator's variable is not passed on; undefined when it is. */
export function environmentFault(name: string): string | undefined {
  if (OURS.test(name)) return "names a variable of Valetkey, which is never passed on";
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? undefined : "is no name of a variable";
}
