import { accountAdd } from "./account-add.ts";
import { accountInvite } from "./account-invite.ts";
import { accountList } from "./account-list.ts";
import { accountRemoveFactors } from "./account-remove-factors.ts";
import { accountSetPassword } from "./account-set-password.ts";
import { accountSetRoles } from "./account-set-roles.ts";
import { accountDisable, accountEnable } from "./account-switch.ts";
import { backupCommand } from "./backup.ts";
import { clientAdd } from "./client-add.ts";
import { clientList } from "./client-list.ts";
import { clientRemove } from "./client-remove.ts";
import { clientRotateSecret } from "./client-rotate-secret.ts";
import { clientShow } from "./client-show.ts";
import { clientDisable, clientEnable } from "./client-switch.ts";
import type { Command } from "./command.ts";
import { grantsEnd } from "./grants-end.ts";
import { grantsEndAll } from "./grants-end-all.ts";
import { grantsEndLineage } from "./grants-end-lineage.ts";
import { grantsList } from "./grants-list.ts";
import { grantsShow } from "./grants-show.ts";
import { initCommand } from "./init.ts";
import { loginCommand } from "./login.ts";
import { logoutCommand } from "./logout.ts";
import { moveCommand } from "./move.ts";
import { protectCommand } from "./protect.ts";
import { resourceAdd } from "./resource-add.ts";
import { resourceList } from "./resource-list.ts";
import { resourceRemove } from "./resource-remove.ts";
import { resourceSet } from "./resource-set.ts";
import { resourceShow } from "./resource-show.ts";
import { restoreCommand } from "./restore.ts";
import { roleAdd } from "./role-add.ts";
import { roleList } from "./role-list.ts";
import { roleRemove } from "./role-remove.ts";
import { startCommand } from "./start.ts";
import { tokenCommand } from "./token.ts";
import { traceCommand } from "./trace.ts";
import { whoamiCommand } from "./whoami.ts";

/** The table of commands, in the order in which --help lists them. */
export const commands: readonly Command[] = [
  startCommand,
  initCommand,
  protectCommand,
  traceCommand,
  loginCommand,
  tokenCommand,
  logoutCommand,
  whoamiCommand,
  resourceAdd,
  resourceList,
  resourceShow,
  resourceSet,
  resourceRemove,
  clientAdd,
  clientList,
  clientShow,
  clientRotateSecret,
  clientDisable,
  clientEnable,
  clientRemove,
  roleAdd,
  roleList,
  roleRemove,
  accountAdd,
  accountInvite,
  accountList,
  accountSetPassword,
  accountRemoveFactors,
  accountSetRoles,
  accountDisable,
  accountEnable,
  grantsList,
  grantsShow,
  grantsEnd,
  grantsEndLineage,
  grantsEndAll,
  backupCommand,
  restoreCommand,
  moveCommand,
];
