import { parentPort } from "node:worker_threads";
import { estimator } from "./strength-estimate.ts";

/** What the thread is asked; it answers with an `Estimate`. */
export interface StrengthQuestion {
  readonly password: string;
  readonly about: readonly string[];
}

/** The thread in which passwords are judged, one after the other. */
const estimate = estimator();

parentPort?.on("message", ({ password, about }: StrengthQuestion) => {
  parentPort?.postMessage(estimate(password, about));
});
