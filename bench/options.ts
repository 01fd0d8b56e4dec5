import { parseArgs } from "node:util";
import { guardCases } from "./guard/cases.ts";
import { httpCases } from "./recipe.ts";
import { subjects } from "./subjects.ts";

export const cases = [...httpCases, ...guardCases] as const;
export type Case = (typeof cases)[number];

export interface Options {
  readonly help: boolean;
  readonly print: boolean;
  readonly only: readonly Case[];
  /** Names of subjects beside the floors. */
  readonly subjects: readonly string[];
  readonly rounds: number;
  /** Of one round. */
  readonly seconds: number;
  readonly warmUp: number;
  readonly connections: number;
  /** Whether this run is for the record: everything on, rounds as they ship. */
  readonly isWhole: boolean;
}

const names = subjects.filter(({ kind }) => kind === "peer").map(({ name }) => name);

export const usage = `npm run bench [-- options]

  --quick               two rounds of half a second: does it run? Its figures are worth nothing.
  --only CASE,..        ${cases.join(", ")}
  --peers NAME,..|none  ${names.join(", ")}
  --postgres            Valetkey on PostgreSQL too
  --rounds N            paired rounds (5)
  --seconds S           of each round (5)
  --connections N       keep-alive connections of the load generator (64)
  --print               print docs/performance.md anew from results/summary.json, measure nothing
  --help

A run with every case, every peer and at least 5 rounds of 5 seconds writes results/summary.json and
docs/performance.md; any other prints its table and changes neither.
`;

/** @throws with a sentence when an option is none */
export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string" },
      peers: { type: "string" },
      postgres: { type: "boolean", default: false },
      rounds: { type: "string" },
      seconds: { type: "string" },
      connections: { type: "string", default: "64" },
      print: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const only = values.only === undefined ? cases : listed(values.only, cases, "case");
  const peers = values.peers === "none" ? [] : listed(values.peers ?? names.join(), names, "peer");
  const rounds = positive(values.rounds ?? (values.quick ? "2" : "5"), "rounds");
  const seconds = positive(values.seconds ?? (values.quick ? "0.5" : "5"), "seconds");
  return {
    help: values.help,
    print: values.print,
    only,
    subjects: ["valetkey", ...(values.postgres ? ["valetkey-postgres"] : []), ...peers],
    rounds,
    seconds,
    warmUp: values.quick ? 0.5 : 3,
    connections: positive(values.connections, "connections"),
    isWhole: only.length === cases.length && peers.length === names.length && rounds >= 5 && seconds >= 5,
  };
}

function listed<T extends string>(text: string, known: readonly T[], noun: string): readonly T[] {
  return text.split(",").map((word) => {
    const found = known.find((one) => one === word.trim());
    if (found === undefined) throw new Error(`There is no ${noun} ${word}; there are ${known.join(", ")}.`);
    return found;
  });
}

function positive(text: string, name: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} wants a positive number, not ${text}.`);
  return value;
}
