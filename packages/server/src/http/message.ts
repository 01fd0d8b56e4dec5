import type { Story } from "../ports/story.ts";

/** A request as endpoints read it: plain, text, already within its size. */
export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  /** As it came, still percent-encoded, without the query; begins with a slash. */
  readonly path: string;
  /** The raw query without the question mark; empty when there is none. */
  readonly query: string;
  /** One header by its lower-case name. */
  header(name: string): string | undefined;
  readonly body: string;
  /** Who called: the socket's peer, or what a trusted proxy said. */
  readonly address: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
  /** Instead of `body`, for what is no text. */
  readonly bytes?: Uint8Array;
}

/** Takes and returns plain records; throws OAuthError to refuse, never builds an error answer. */
export type Endpoint = (request: HttpRequest, story: Story) => HttpResponse | Promise<HttpResponse>;
