import { serialize } from "node:v8";

interface Question {
  readonly id: number;
  readonly name: string;
  readonly given: unknown;
}

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

export type Answers = Readonly<Record<string, (given: never) => unknown>>;

/** The child's side: answers what the bench asks over the channel, until the channel closes. */
export function answerCalls(answers: Answers): void {
  process.on("message", async ({ id, name, given }: Question) => {
    process.send?.(await reply(answers, id, name, given));
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.({ id: 0 } satisfies Reply);
}

async function reply(answers: Answers, id: number, name: string, given: unknown): Promise<Reply> {
  try {
    const answer = answers[name];
    if (!answer) throw new Error(`The child knows no ${name}.`);
    const value = await answer(given as never);
    serialize(value);
    return { id, value };
  } catch (thrown) {
    return { id, error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  }
}
