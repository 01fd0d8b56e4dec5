import { PasskeyRefused } from "../../ports/passkeys.ts";

/**
 * The library knows every certificate format of every maker, which costs a third of a second and 25 megabytes to load: it
 * is loaded when the first answer of a passkey comes.
 */
export function library() {
  return import("@simplewebauthn/server");
}

/** What reads single parts of an answer. */
export function libraryParts() {
  return import("@simplewebauthn/server/helpers");
}

/**
 * The library says by an error what it does not take; one that comes of hostile bytes is no fault of this server either.
 * @throws PasskeyRefused
 */
export async function judged<Verdict>(judge: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await judge();
  } catch (thrown) {
    if (thrown instanceof PasskeyRefused) throw thrown;
    throw new PasskeyRefused(factOf(thrown), { cause: thrown });
  }
}

/** The library repeats what it was given, which may be anything. */
function factOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.replace(/[^\x20-\x7e]/g, "?").slice(0, 200);
}
