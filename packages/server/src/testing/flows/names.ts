/** What a value is called in a diagram, by the name of the parameter or member that carries it. */
const kinds: Readonly<Record<string, string>> = {
  access_token: "ACCESS_TOKEN",
  subject_token: "ACCESS_TOKEN",
  refresh_token: "REFRESH_TOKEN",
  id_token: "ID_TOKEN",
  id_token_hint: "ID_TOKEN",
  code: "CODE",
  code_verifier: "VERIFIER",
  code_challenge: "CHALLENGE",
  device_code: "DEVICE_CODE",
  user_code: "USER-CODE",
  client_id: "CLIENT_ID",
  client_secret: "SECRET",
  password: "PASSWORD",
  interaction: "INTERACTION",
  form_token: "FORM_TOKEN",
  sub: "PERSON",
  sid: "SESSION",
  nonce: "NONCE",
  next: "CURSOR",
  after: "CURSOR",
  jti: "TOKEN_ID",
  jkt: "KEY",
  dpop_jkt: "KEY",
  ath: "HASH",
};

/** Values that are secret or differ from run to run, each under a name that does not. */
export class Names {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** The name of a value under a member; the value itself where nothing is hidden. */
  of(member: string, value: string): string {
    const kind = member === "token" ? kindOfToken(value) : kinds[member];
    if (kind === undefined || value === "" || value.startsWith("https://")) return this.within(value);
    return this.given(kind, value);
  }

  given(kind: string, value: string): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = count === 1 ? kind : `${kind}_${count}`;
    this.#names.set(value, name);
    return name;
  }

  /** A text with every value that has a name replaced by it; the longest first, since one may hold another. */
  within(text: string): string {
    return [...this.#names]
      .toSorted(([a], [b]) => b.length - a.length)
      .reduce((told, [value, name]) => told.replaceAll(value, name), text);
  }
}

/** RFC 7009 §2.1, RFC 7662 §2.1: one parameter for both kinds of token. */
function kindOfToken(token: string): string {
  return token.startsWith("vkr_") ? "REFRESH_TOKEN" : "ACCESS_TOKEN";
}
