import type { Session } from "./session.ts";

/** A session and who wants to hear of it. */
export class SessionSource {
  #session: Session = { status: "starting" };
  readonly #listeners = new Set<() => void>();

  /** Who is signed in, as this tab knows. The same object until something changes. */
  readonly session = (): Session => this.#session;

  /** @returns what ends the subscription. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(session: Session): Session {
    this.#session = session;
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (thrown) {
        reportError(thrown); // its own fault, and nobody else's
      }
    }
    return session;
  }
}
