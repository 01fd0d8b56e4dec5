import type { Command } from "./command.ts";
import { startCommand } from "./start.ts";

/** The table of commands, in the order in which --help lists them. */
export const commands: readonly Command[] = [startCommand];
