import type { Declaration } from "./declaration.ts";
import { usageOf } from "./help.ts";
import { allCommands } from "./index.ts";

/** docs/operate/command-line.md, printed from the declarations of the commands. */
export async function commandLinePage(): Promise<string> {
  const commands = await allCommands();
  return `# The command line

<!-- Generated from packages/server/src/cli by \`npm run docs\`; do not edit. -->

\`valetkey COMMAND --help\` prints the same. Commands that keep clients, resources, roles and accounts work on the store
itself, beside a running server, which sees the change at its next request. Exit status: 0 done, 1 failed, 2 the arguments
or the configuration are wrong (every fault is named, and nothing was done).

${commands.map(({ name, summary }) => `- [\`${name}\`](#${anchorOf(name)}): ${summary}`).join("\n")}

${commands.map(sectionOf).join("\n")}`;
}

function sectionOf(command: Declaration): string {
  const { name, summary, operand, behind, options, notes = [], examples } = command;
  const rows = Object.entries(options).map(
    ([option, { value, many, says }]) =>
      `| \`--${option}${value === undefined ? "" : ` ${value}`}\` | ${cell(says)}${many ? " (may be repeated)" : ""} |`,
  );
  const subject = [operand, behind]
    .filter((one) => one !== undefined)
    .map((one) => `| \`${one.name}\` | ${cell(one.says)}, e.g. \`${one.example}\` |`);
  return [
    `## valetkey ${name}`,
    `${summary}.`,
    `\`${usageOf(command)}\``,
    ["| argument | what it does |", "|---|---|", ...subject, ...rows].join("\n"),
    ...notes,
    `\`\`\`sh\n${examples.map((example) => `valetkey ${example}`).join("\n")}\n\`\`\`\n`,
  ].join("\n\n");
}

function anchorOf(name: string): string {
  return `valetkey-${name.replaceAll(" ", "-")}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
