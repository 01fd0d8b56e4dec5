import { pipeline } from "node:stream/promises";
import { bodyOf, type Call, sendJson } from "./call.ts";

/** Where the models are. The person's token never goes there; a key, if one is needed, is the tool's own. */
export interface Upstream {
  /** Up to and with `/v1`. */
  readonly url: string;
  readonly key?: string | undefined;
}

/** Hands a request to the model server and its answer back, octet by octet as it comes. */
export async function forward(call: Call, { url, key }: Upstream, path: string): Promise<void> {
  const { incoming, outgoing } = call;
  const isPost = incoming.method === "POST";
  // Who stops reading stops the model too.
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const body = isPost ? await bodyOf(call) : undefined;
  if (isPost && body === undefined) return;
  const asked = body === undefined ? "" : describe(body);
  call.note(asked);
  try {
    const answer = await fetch(url + path, {
      method: isPost ? "POST" : "GET",
      headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
      ...(body !== undefined && { body }),
      signal: gone.signal,
    });
    if (!answer.ok) call.note(`${asked}; the model server answered ${answer.status}`);
    const type = answer.headers.get("content-type") ?? "application/json";
    outgoing.writeHead(answer.status, { "content-type": type, "cache-control": "no-store" });
    if (answer.body) await pipeline(answer.body, outgoing);
    else outgoing.end();
  } catch (thrown) {
    if (gone.signal.aborted) return;
    call.note(`${asked}; the model server does not answer`);
    if (outgoing.headersSent) throw thrown;
    sendJson(outgoing, 502, { error: "bad_gateway", error_description: "The model server does not answer." });
  }
}

/** Which model, and how much was asked of it; not what. */
function describe(body: string): string {
  try {
    const { model = "" } = JSON.parse(body) as { model?: string };
    return `${String(model).slice(0, 60)}, ${body.length} characters`;
  } catch {
    return `${body.length} characters`;
  }
}
