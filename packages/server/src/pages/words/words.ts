import type { en } from "./en.ts";

/** Every text of the pages and mails. English is the source: what it has, every language has. */
export type Words = typeof en;
