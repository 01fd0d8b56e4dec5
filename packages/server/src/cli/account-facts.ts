import type { Account } from "../records/account.ts";
import { isoMoment } from "./wording.ts";

/** An account as --json prints it; never the password's hash. */
export function accountFacts(account: Account) {
  return {
    id: account.id,
    email: account.email,
    name: account.name,
    roles: account.roles,
    has_password: account.passwordHash !== null,
    created_at: isoMoment(account.createdAt),
    disabled_at: account.disabledAt === null ? null : isoMoment(account.disabledAt),
  };
}
