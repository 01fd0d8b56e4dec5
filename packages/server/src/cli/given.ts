import { parseArgs } from "node:util";
import { nearest } from "../config/fault.ts";
import type { Declaration, Option } from "./declaration.ts";
import { UsageError } from "./usage-error.ts";

/** What was typed behind a command, read by its declaration. Faults gather here, so that all are told at once. */
export class Given {
  readonly #command: Declaration;
  readonly #values = new Map<string, string[]>();
  readonly #switches = new Set<string>();
  readonly #faults: string[] = [];
  /** The thing that the command is about; empty when it is missing, which is a fault unless it may be. */
  readonly operand: string;
  /** The words behind ` -- `, where the command takes them. */
  readonly behind: readonly string[];

  constructor(command: Declaration, args: readonly string[]) {
    this.#command = command;
    const end = endOfOwn(command, args);
    this.behind = args.slice(end + 1);
    const operands: string[] = [];
    for (const token of tokensOf(command, args.slice(0, end))) {
      if (token.kind === "positional") operands.push(token.value);
      else if (token.kind === "option") this.#take(token);
    }
    this.operand = this.#only(operands);
  }

  /** The value of an option that may stand once. */
  text(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  /** The values of an option that may repeat, each once, in order. */
  texts(name: string): readonly string[] {
    return [...new Set(this.#values.get(name))];
  }

  has(name: string): boolean {
    return this.#switches.has(name) || this.#values.has(name);
  }

  /** The value of an option that must stand; empty, and a fault, when it does not. */
  required(name: string, reason = "is needed"): string {
    const value = this.text(name);
    if (value === undefined) this.refuse(name, reason);
    return value ?? "";
  }

  /** Notes a fault of an option: its name, the value if there is one, the reason, an example that works. */
  refuse(name: string, reason: string, value?: string): void {
    const option = this.#command.options[name];
    const about = value === undefined ? `--${name}` : `--${name} ${shown(value)}`;
    const example = option?.example === undefined ? "" : `, e.g. --${name} ${quoted(option.example)}`;
    this.#faults.push(`${about}: ${reason}${example}`);
  }

  /** Notes a fault of the operand. */
  refuseOperand(reason: string): void {
    const { name = "", example = "" } = this.#command.operand ?? {};
    const about = this.operand === "" ? name : `${name} ${shown(this.operand)}`;
    this.#faults.push(`${about}: ${reason}, e.g. valetkey ${this.#command.name} ${quoted(example)}`);
  }

  /** Notes faults that are whole sentences already: those of a configuration file. */
  refuseAll(sentences: readonly string[]): void {
    this.#faults.push(...sentences);
  }

  /** @throws UsageError with every fault so far */
  requireFaultless(): void {
    if (this.#faults.length > 0) throw new UsageError(this.#faults);
  }

  #take(token: OptionToken): void {
    const option = this.#option(token.name);
    if (!option) {
      this.#faults.push(unknown(token.rawName, this.#command));
    } else if (option.value === undefined) {
      if (token.value !== undefined) this.refuse(token.name, "takes no value", token.value);
      this.#switches.add(token.name);
    } else if (token.value === undefined || (!token.inlineValue && token.value.startsWith("--"))) {
      this.refuse(token.name, `needs a value (${option.value})`);
    } else {
      const values = this.#values.get(token.name) ?? [];
      if (values.length > 0 && !option.many) this.refuse(token.name, "was given twice", token.value);
      this.#values.set(token.name, [...values, token.value]);
    }
  }

  #option(name: string): Option | undefined {
    return Object.hasOwn(this.#command.options, name) ? this.#command.options[name] : undefined;
  }

  #only(operands: readonly string[]): string {
    const { operand, name } = this.#command;
    const [first = "", ...more] = operand ? operands : ["", ...operands];
    for (const one of more)
      this.#faults.push(`${shown(one)}: valetkey ${name} does not know what to do with it.`);
    if (operand && first === "" && !operand.optional) this.#faults.push(missing(name, operand));
    return first;
  }
}

/** Where the words of another program begin; behind the last word when the command takes none. */
export function endOfOwn({ behind }: Declaration, args: readonly string[]): number {
  const at = behind === undefined ? -1 : args.indexOf("--");
  return at < 0 ? args.length : at;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function tokensOf(command: Declaration, args: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  return parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true }).tokens;
}

function missing(command: string, { name, says, example }: { name: string; says: string; example: string }) {
  return `${name}: ${says} is needed, e.g. valetkey ${command} ${quoted(example)}`;
}

function unknown(typed: string, { options, habits = {} }: Declaration): string {
  const names = Object.keys(options);
  const name = typed.replace(/^-+/, "");
  const meant = Object.hasOwn(habits, name) ? habits[name] : nearest(name, names);
  const hint =
    meant === undefined ? `It takes ${names.map((name) => `--${name}`).join(", ")}` : `Is --${meant} meant?`;
  return `${shown(typed)}: there is no such option. ${hint}`;
}

/** A value as it was typed, without what could play tricks on a terminal. */
function shown(value: string): string {
  return JSON.stringify(value.slice(0, 200)).slice(1, -1);
}

/** As a shell takes it. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `"${text}"`;
}
