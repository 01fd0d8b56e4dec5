/** What the author of an app knows when it is registered. */
export interface Terms {
  readonly origin: string;
  readonly issuer: string;
  /** The API that the app calls for its users. */
  readonly api: string;
  readonly clientId: string;
  /** Of a confidential client. */
  readonly clientSecret: string;
}

/** What the app asks for: who signs in, and to call the API. */
export const scope = "openid profile email inference:read";

/** What the app shows at /me. */
export interface Me {
  readonly name: unknown;
  readonly email: unknown;
  readonly models: readonly string[];
}

/** The API, called with the token that was given for it. */
export async function modelsOf(api: string, accessToken: string): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await fetch(`${api}/v1/models`, { headers });
  if (!response.ok) throw new Error(`The API answered ${response.status}.`);
  return ((await response.json()) as { data: { id: string }[] }).data.map(({ id }) => id);
}
