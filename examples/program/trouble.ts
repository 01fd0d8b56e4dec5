/** Something that whoever started the program can set right: its message is all that they see. */
export class Trouble extends Error {
  /** Of the process: 2 for what was typed, 1 for all else. */
  readonly exitCode: 1 | 2;

  constructor(sentence: string, exitCode: 1 | 2 = 2) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/** Runs a program; its troubles are told without a stack. */
export async function telling(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (thrown) {
    if (!(thrown instanceof Trouble)) throw thrown;
    console.error(thrown.message);
    process.exit(thrown.exitCode);
  }
}
