import { AsyncEntry } from "@napi-rs/keyring";

/**
 * `node keychain-process.ts ACCOUNT`: a process of its own for the system's keychain, whose calls block the one that makes
 * them and cannot be broken off; this one can be killed. What comes on standard input is written; where nothing comes, what
 * is there is read and printed.
 */
const [, , account = ""] = process.argv;
// The kernel's keyring, the other choice on Linux, forgets at every start of the machine.
const entry = new AsyncEntry("valetkey", account, { linux: { store: "secret-service" } });
let given = "";
for await (const chunk of process.stdin) given += String(chunk);
if (given === "") process.stdout.write((await entry.getPassword()) ?? "");
else await entry.setPassword(given);
