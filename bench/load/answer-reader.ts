/** Reads one HTTP/1.1 answer after the other: by Content-Length or in chunks, as servers of this field write them. */
export class AnswerReader {
  #text = "";

  /** The answer, once the last octet of it came. */
  read(chunk: Buffer): { status: number; body: string; isLast: boolean } | undefined {
    // One octet is one character, so that lengths in octets are lengths of the text.
    this.#text += chunk.toString("latin1");
    const text = this.#text;
    const headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0) return undefined;
    const head = text.slice(0, headEnd).toLowerCase();
    const start = headEnd + 4;
    const length = header(head, "content-length");
    const status = Number(head.slice(9, 12));
    if (length === undefined && header(head, "transfer-encoding") === undefined && status !== 204) {
      throw new Error(`An answer without a length:\n${head}`);
    }
    const whole = length === undefined ? chunked(text, start) : plain(text, start, Number(length));
    if (!whole) return undefined;
    this.#text = text.slice(whole.end);
    return { status, body: whole.body, isLast: header(head, "connection") === "close" };
  }
}

function header(head: string, name: string): string | undefined {
  const at = head.indexOf(`\r\n${name}:`);
  if (at < 0) return undefined;
  const start = at + name.length + 3;
  const end = head.indexOf("\r\n", start);
  return head.slice(start, end < 0 ? undefined : end).trim();
}

function plain(text: string, start: number, length: number): { body: string; end: number } | undefined {
  const end = start + length;
  return text.length < end ? undefined : { body: text.slice(start, end), end };
}

function chunked(text: string, start: number): { body: string; end: number } | undefined {
  let body = "";
  for (let at = start; ; ) {
    const lineEnd = text.indexOf("\r\n", at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    const from = lineEnd + 2;
    if (text.length < from + size + 2) return undefined;
    if (size === 0) return { body, end: from + 2 };
    body += text.slice(from, from + size);
    at = from + size + 2;
  }
}
