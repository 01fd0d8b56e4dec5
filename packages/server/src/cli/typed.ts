import type { Io } from "./command.ts";
import { UsageError } from "./usage-error.ts";

/** The first line of what is piped in, without its end. */
export async function firstLine(stdin: NodeJS.ReadStream): Promise<string> {
  let text = "";
  stdin.setEncoding("utf8");
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.includes("\n") || text.length > 100_000) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? "";
}

/** Asks a person at a terminal without showing what is typed. @throws UsageError when they break off (Ctrl-C, Ctrl-D) */
export async function askedSecretly(
  { stdin, err }: Pick<Io, "stdin" | "err">,
  question: string,
): Promise<string> {
  err(question);
  stdin.setEncoding("utf8");
  stdin.setRawMode(true);
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = "";
      const take = (chunk: Buffer | string) => {
        for (const key of String(chunk)) {
          if (key === "\r" || key === "\n") return done(() => resolve(typed));
          if (key === "\u0003" || key === "\u0004")
            return done(() => reject(new UsageError(["Broken off."])));
          typed = key === "\u007f" || key === "\b" ? [...typed].slice(0, -1).join("") : typed + key;
        }
      };
      const done = (settle: () => void) => {
        stdin.off("data", take);
        settle();
      };
      stdin.on("data", take);
      stdin.resume();
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    err("\n");
  }
}
