/** A mistake of the person at the keyboard: told in sentences, exit status 2, nothing half done. */
export class UsageError extends Error {
  /** Every fault at once. */
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
    this.name = "UsageError";
    this.faults = faults;
  }
}
