/** How an issuer is asked. */
export interface Asking {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Seconds that one question may take. */
  readonly timeout: number;
}

export interface IssuerAnswer {
  readonly status: number;
  /** Empty where the answer was no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
  /** RFC 9449 §8 */
  readonly nonce: string | undefined;
}

/** Largest answer that is read, in characters: tokens and metadata are far smaller. */
const largest = 1_000_000;

/**
 * Asks the issuer, whatever it answers. Redirects are not followed: who answers for the issuer is the issuer.
 * @throws Error when there is no whole answer in time
 */
export async function askIssuer(
  { fetch, timeout }: Asking,
  url: string,
  init: RequestInit = {},
): Promise<IssuerAnswer> {
  const response = await fetch(url, {
    ...init,
    headers: { accept: "application/json", ...init.headers },
    redirect: "manual",
    signal: AbortSignal.timeout(timeout * 1_000),
  });
  const nonce = response.headers.get("dpop-nonce") ?? undefined;
  return { status: response.status, body: objectIn(await boundedText(response, url)), nonce };
}

function objectIn(text: string): IssuerAnswer["body"] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

async function boundedText(response: Response, url: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > largest) throw new Error(`${url} answered more than is read`);
  }
  return text + decoder.decode();
}
