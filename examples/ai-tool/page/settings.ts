/** What the server says of itself: `/config.json`. */
export interface Settings {
  readonly issuer: string;
  readonly api: string;
  readonly clientId: string;
  readonly helper: Helper;
  /** Only an example shows them. */
  readonly people: readonly {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    readonly roles: readonly string[];
  }[];
}

/** Whom to ask for a role. */
export interface Helper {
  readonly name: string;
  readonly email: string;
}

export async function readSettings(): Promise<Settings> {
  const response = await fetch("/config.json");
  if (!response.ok) throw new Error("Lantern does not answer.");
  return await response.json();
}
