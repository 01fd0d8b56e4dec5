import { emailFault, newAccount } from "../operations/new-account.ts";
import { accountFacts } from "./account-facts.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import { requireRoles } from "./known.ts";
import { jsonOption, record, say } from "./output.ts";
import { passwordOptions, passwordSource } from "./password.ts";
import { UsageError } from "./usage-error.ts";
import { words } from "./wording.ts";

export const accountAdd: Command = {
  name: "account add",
  summary: "Add a person who can sign in",
  operand: { name: "EMAIL", says: "the person's email address", example: "ada@example.com" },
  options: {
    name: { value: "NAME", says: "How the person is called (default: the email)", example: "Ada Lovelace" },
    role: {
      value: "ROLE",
      many: true,
      says: "A role beside everyone, which each account holds",
      example: "administrator",
    },
    ...passwordOptions,
    ...jsonOption,
    ...storeOptions,
  },
  notes: [
    "Without --password-stdin and --generate-password the password is asked for, without being shown.",
    "The role administrator is for those who operate this server.",
  ],
  examples: [
    "account add ada@example.com --name Ada --generate-password",
    "account add ada@example.com --role trainer --password-stdin < password.txt",
  ],
  async read(given, io) {
    const email = given.operand.toLowerCase();
    const fault = emailFault(email);
    if (given.operand !== "" && fault) given.refuseOperand(fault);
    const name = given.text("name") ?? email;
    if (name.trim() === "" || name.length > 200) given.refuse("name", "has 1 to 200 characters", name);
    const password = passwordSource(given, io);
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async (open) => {
        const { store } = open;
        const roles = given.texts("role").filter((role) => role !== "everyone");
        await requireRoles(store, given, "role", roles);
        given.requireFaultless();
        if (await store.accounts.findByEmail(email)) throw taken(email);
        const { hash, generated } = await password(io, { email, name }, open);
        const account = newAccount({ email, name: name.trim(), passwordHash: hash, roles }, io.now());
        if (!(await store.accounts.add(account))) throw taken(email);
        await record(store, io, "account.added", { accountId: account.id });
        const facts = {
          ...accountFacts(account),
          ...(generated === undefined ? {} : { password: generated }),
        };
        const secret =
          generated === undefined
            ? ""
            : `Password: ${generated}\nIt is shown this once; the person should keep it well.\n`;
        return say(io, given, facts, `Added ${email}. Roles: ${words(["everyone", ...roles])}.\n${secret}`);
      });
  },
};

function taken(email: string): UsageError {
  return new UsageError([
    `EMAIL ${email}: has an account already; valetkey account set-password and set-roles change it`,
  ]);
}
