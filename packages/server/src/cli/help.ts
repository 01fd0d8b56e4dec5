import type { Declaration, Operand } from "./declaration.ts";
import { columnsOf } from "./table.ts";

/** What `valetkey <command> --help` prints: usage, options, an example; made from the declaration. */
export function helpOf(command: Declaration): string {
  const rows = Object.entries(command.options).map(([name, { value, many, says }]) => [
    `--${name}${value === undefined ? "" : ` ${value}`}`,
    many ? `${says} (may be repeated)` : says,
  ]);
  const subjects = [command.operand, command.behind].filter((one) => one !== undefined);
  const all = [...subjects.map(({ name, says, example }) => [name, `${says}, e.g. ${example}`]), ...rows];
  return [
    `Usage: ${usageOf(command)}`,
    `${command.summary}.`,
    columnsOf(all, "  "),
    ...(command.notes ?? []),
    [
      command.examples.length > 1 ? "Examples:" : "Example:",
      ...command.examples.map((example) => `  valetkey ${example}`),
    ].join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

export function usageOf({ name, operand, behind, options }: Declaration): string {
  const hasOptions = Object.keys(options).length > 0;
  const tail = behind && (behind.optional ? `[-- ${behind.name}]` : `-- ${behind.name}`);
  return ["valetkey", name, operand && nameOf(operand), hasOptions ? "[options]" : undefined, tail]
    .filter(Boolean)
    .join(" ");
}

/** The list of commands: all of them, or those of one noun. */
export function overview(commands: readonly Declaration[], noun?: string): string {
  const listed = commands.filter(({ name }) => noun === undefined || name.startsWith(`${noun} `));
  const rows = listed.map((command) => [nameWithOperand(command), command.summary]);
  const tail =
    noun === undefined
      ? "valetkey COMMAND --help tells more. Without a command: start --demo."
      : `valetkey ${noun} COMMAND --help tells more, e.g. valetkey ${listed[0]?.name} --help`;
  return `Usage: valetkey ${noun === undefined ? "" : `${noun} `}COMMAND [options]\n\n${columnsOf(rows, "  ")}\n\n${tail}\n`;
}

function nameWithOperand({ name, operand }: Declaration): string {
  return operand ? `${name} ${nameOf(operand)}` : name;
}

function nameOf({ name, optional }: Operand): string {
  return optional ? `[${name}]` : name;
}
