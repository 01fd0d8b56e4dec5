import { metadataUrls } from "@valetkey/protocol/issuer";
import { printableLine } from "@valetkey/protocol/printable";
import { UsageError } from "./usage-error.ts";

/** Milliseconds. An issuer that starts beside us may be later; tokens are judged once it is there. */
const patience = 3_000;

/**
 * Asks the issuer what it calls itself: `iss` is compared letter by letter (RFC 8414 §3.3), so that one slash more would
 * refuse every token without a word. Says so where it does not answer.
 * @throws UsageError with both spellings
 */
export async function requireIssuerSpelling(issuer: string, log: (line: string) => void): Promise<void> {
  const answers = await Promise.allSettled(metadataUrls(issuer).map(nameIn));
  const names = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  if (names.includes(issuer)) return;
  const [other] = names;
  if (other !== undefined) {
    throw new UsageError([
      `--issuer ${printableLine(issuer)}: the server there calls itself ${printableLine(other.slice(0, 500))}, and tokens are compared with that letter by letter`,
    ]);
  }
  const [first] = answers;
  const why = first?.status === "rejected" ? `: ${printableLine(reasonOf(first.reason))}` : "";
  log(`The issuer's metadata cannot be read${why}. Until it can, no token counts.`);
}

async function nameIn(url: string): Promise<string> {
  const signal = AbortSignal.timeout(patience);
  const answer = await fetch(url, { signal, redirect: "error", headers: { accept: "application/json" } });
  const document: unknown = answer.ok ? await answer.json() : undefined;
  if (!answer.ok) await answer.body?.cancel();
  const name = typeof document === "object" && document !== null && "issuer" in document && document.issuer;
  if (typeof name === "string") return name;
  throw new Error(`${url} answered ${answer.status} without the name of an issuer`);
}

function reasonOf(thrown: unknown): string {
  const error = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}
