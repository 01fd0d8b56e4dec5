import type { Case } from "./options.ts";
import type { CaseResult, Measured } from "./results.ts";
import { type Spread, spread } from "./statistics.ts";

/** What the project promised itself, judged on the figures of one run. */
export interface Judged {
  readonly aim: string;
  /** As the page prints it. */
  readonly found: string;
  readonly isMet: boolean;
}

const byName = (result: CaseResult, name: string) => result.measured.find((one) => one.name === name);

/** Processor time for one operation, Valetkey's over another's, round by round: the pairs met the same machine. */
export function ratio(ours: Measured, theirs: Measured): Spread {
  return spread(ours.rounds.map(({ cpu }, round) => cpu / (theirs.rounds[round]?.cpu ?? Number.NaN)));
}

interface RatioAim {
  readonly to: string;
  readonly most: number;
  readonly words: string;
}

const ratioAims: Readonly<Partial<Record<Case, readonly RatioAim[]>>> = {
  "client-credentials": [
    { to: "honest", most: 1.3, words: "at most 1.3 of the honest floor" },
    { to: "bare", most: 2, words: "at most 2 of the bare floor" },
  ],
  refresh: [{ to: "honest", most: 1.5, words: "at most 1.5 of the honest floor" }],
  introspection: [{ to: "bare", most: 1.5, words: "at most 1.5 of an HTTP hello with the same body" }],
  "guard-cold": [{ to: "node-crypto", most: 1.15, words: "at most 1.15 of the bare signature check" }],
};

/** Microseconds. */
const warmMost = 5;
/** Milliseconds. */
const p99Most = 20;

export function judge(result: CaseResult): readonly Judged[] {
  const ours = byName(result, "valetkey");
  if (!ours) return [];
  return [...ratios(result, ours), ...warm(result, ours), ...queue(ours), ...peers(result, ours)];
}

function ratios(result: CaseResult, ours: Measured): Judged[] {
  return (ratioAims[result.name as Case] ?? []).flatMap(({ to, most, words }) => {
    const floor = byName(result, to);
    if (!floor) return [];
    const { median } = ratio(ours, floor);
    return [{ aim: words, found: median.toFixed(2), isMet: median <= most }];
  });
}

function warm({ name }: CaseResult, ours: Measured): Judged[] {
  if (name !== "guard-warm") return [];
  const { median } = spread(ours.rounds.map(({ cpu }) => cpu));
  return [{ aim: `under ${warmMost} µs`, found: `${median.toFixed(1)} µs`, isMet: median < warmMost }];
}

function queue(ours: Measured): Judged[] {
  if (ours.atHalf.length === 0) return [];
  const { median } = spread(ours.atHalf);
  return [
    {
      aim: `p99 at half of saturation under ${p99Most} ms`,
      found: `${median.toFixed(1)} ms`,
      isMet: median < p99Most,
    },
  ];
}

/** No peer ahead, in memory or not: who keeps nothing has less to do, and is held against us all the same. */
function peers(result: CaseResult, ours: Measured): Judged[] {
  const ahead = result.measured.filter((one) => one.kind === "peer" && ratio(ours, one).median > 1);
  const named = ahead.map(
    (one) => `${one.title} (${(1 / ratio(ours, one).median).toFixed(2)} of Valetkey's CPU)`,
  );
  if (!result.measured.some(({ kind }) => kind === "peer")) return [];
  return [
    {
      aim: "no peer ahead",
      found: named.length > 0 ? named.join("; ") : "none is",
      isMet: named.length === 0,
    },
  ];
}
