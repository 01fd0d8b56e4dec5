import { ZxcvbnFactory, type ZxcvbnResult } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import type { Estimate, WeakBecause } from "../../ports/strength.ts";

/** More than that tells nothing new, and what is beyond costs time that grows faster than the text. */
const mostJudged = 100;

/** Builds the dictionaries, which takes a tenth of a second; the estimate itself takes up to a quarter. */
export function estimator(): (password: string, about: readonly string[]) => Estimate {
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: mostJudged });
  return (password, about) => {
    const result = zxcvbn.check(password.normalize("NFKC"), [...about]);
    return { score: result.score, because: result.score === 4 ? null : because(result) };
  };
}

/** The library's warning is about the part that is easiest to guess. */
const byWarning: Readonly<Record<string, WeakBecause>> = {
  topTen: "common",
  topHundred: "common",
  common: "common",
  similarToCommon: "common",
  userInputs: "personal",
  simpleRepeat: "repeated",
  extendedRepeat: "repeated",
  straightRow: "row",
  keyPattern: "row",
  sequences: "row",
  recentYears: "date",
  dates: "date",
};

function because({ feedback }: ZxcvbnResult): WeakBecause {
  return byWarning[feedback.warning ?? ""] ?? "short";
}
