interface Named {
  readonly id: string;
  readonly name: string;
}

/** A line of the API's record. */
export interface Deed {
  /** Lines are added at one end and never change: the number is its name. */
  readonly number: number;
  /** Seconds since 1970. */
  readonly at: number;
  readonly subject: Named;
  /** Who did it for the subject, newest first. */
  readonly actors: readonly Named[];
  readonly did: string;
  readonly detail: string;
  readonly outcome: "begun" | "done" | "refused" | "broken off" | "failed";
}

/** Account ids begin with `acc_`; whoever else is a subject is a program that acts for itself. */
export function kindOf({ subject, actors }: Deed): "person" | "agent" | "job" {
  if (actors.length > 0) return "agent";
  return subject.id.startsWith("acc_") ? "person" : "job";
}

/** "Research agent for Anna Lind", the newest actor first. */
export function whoOf({ subject, actors }: Deed): string {
  return [...actors, subject].map(({ name }) => name).join(" for ");
}
