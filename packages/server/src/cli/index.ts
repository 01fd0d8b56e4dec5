import type { Command } from "./command.ts";

/** A command by its name; the file that holds it is loaded when it is asked for, without those of the others. */
export interface ListedCommand {
  readonly name: string;
  load(): Promise<Command>;
}

/** The table of commands, in the order in which --help lists them. */
export const commands: readonly ListedCommand[] = [
  { name: "start", load: async () => (await import("./start.ts")).startCommand },
  { name: "init", load: async () => (await import("./init.ts")).initCommand },
  { name: "protect", load: async () => (await import("./protect.ts")).protectCommand },
  { name: "trace", load: async () => (await import("./trace.ts")).traceCommand },
  { name: "login", load: async () => (await import("./login.ts")).loginCommand },
  { name: "token", load: async () => (await import("./token.ts")).tokenCommand },
  { name: "logout", load: async () => (await import("./logout.ts")).logoutCommand },
  { name: "whoami", load: async () => (await import("./whoami.ts")).whoamiCommand },
  { name: "resource add", load: async () => (await import("./resource-add.ts")).resourceAdd },
  { name: "resource list", load: async () => (await import("./resource-list.ts")).resourceList },
  { name: "resource show", load: async () => (await import("./resource-show.ts")).resourceShow },
  { name: "resource set", load: async () => (await import("./resource-set.ts")).resourceSet },
  { name: "resource remove", load: async () => (await import("./resource-remove.ts")).resourceRemove },
  { name: "client add", load: async () => (await import("./client-add.ts")).clientAdd },
  { name: "client list", load: async () => (await import("./client-list.ts")).clientList },
  { name: "client show", load: async () => (await import("./client-show.ts")).clientShow },
  {
    name: "client rotate-secret",
    load: async () => (await import("./client-rotate-secret.ts")).clientRotateSecret,
  },
  { name: "client disable", load: async () => (await import("./client-switch.ts")).clientDisable },
  { name: "client enable", load: async () => (await import("./client-switch.ts")).clientEnable },
  { name: "client remove", load: async () => (await import("./client-remove.ts")).clientRemove },
  { name: "role add", load: async () => (await import("./role-add.ts")).roleAdd },
  { name: "role list", load: async () => (await import("./role-list.ts")).roleList },
  { name: "role remove", load: async () => (await import("./role-remove.ts")).roleRemove },
  { name: "account add", load: async () => (await import("./account-add.ts")).accountAdd },
  { name: "account invite", load: async () => (await import("./account-invite.ts")).accountInvite },
  { name: "account list", load: async () => (await import("./account-list.ts")).accountList },
  {
    name: "account set-password",
    load: async () => (await import("./account-set-password.ts")).accountSetPassword,
  },
  {
    name: "account remove-factors",
    load: async () => (await import("./account-remove-factors.ts")).accountRemoveFactors,
  },
  { name: "account set-roles", load: async () => (await import("./account-set-roles.ts")).accountSetRoles },
  { name: "account disable", load: async () => (await import("./account-switch.ts")).accountDisable },
  { name: "account enable", load: async () => (await import("./account-switch.ts")).accountEnable },
  { name: "grants list", load: async () => (await import("./grants-list.ts")).grantsList },
  { name: "grants show", load: async () => (await import("./grants-show.ts")).grantsShow },
  { name: "grants end", load: async () => (await import("./grants-end.ts")).grantsEnd },
  {
    name: "grants end-lineage",
    load: async () => (await import("./grants-end-lineage.ts")).grantsEndLineage,
  },
  { name: "grants end-all", load: async () => (await import("./grants-end-all.ts")).grantsEndAll },
  { name: "backup", load: async () => (await import("./backup.ts")).backupCommand },
  { name: "restore", load: async () => (await import("./restore.ts")).restoreCommand },
  { name: "move", load: async () => (await import("./move.ts")).moveCommand },
];

/** Every command, for who tells of them all. */
export async function allCommands(): Promise<readonly Command[]> {
  return await Promise.all(commands.map(({ load }) => load()));
}
