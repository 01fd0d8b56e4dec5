import type { Settings } from "./options.ts";

/** Largest answer that is read, in characters: key sets and metadata are far smaller. */
const largest = 1_000_000;

/**
 * Asks the issuer and reads a JSON object. Redirects are not followed: who answers for the issuer is the issuer.
 * @throws Error when there is no answer in time, or it is anything but a 200 with a JSON object.
 */
export async function askForJson(
  settings: Settings,
  url: string,
  init: RequestInit = {},
): Promise<Readonly<Record<string, unknown>>> {
  const response = await settings.fetch(url, {
    ...init,
    headers: { accept: "application/json", ...init.headers },
    redirect: "manual",
    signal: AbortSignal.timeout(settings.timeout * 1000),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${url} answered ${response.status}`);
  }
  const value: unknown = JSON.parse(await boundedText(response, url));
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${url} answered something that is no JSON object`);
  }
  return value as Readonly<Record<string, unknown>>;
}

async function boundedText(response: Response, url: string): Promise<string> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > largest) throw new Error(`${url} answered more than is read`);
  }
  return text + decoder.decode();
}
