/** The server behind the gateway cannot take the request now; what the client is told, and when it may come again. */
export class Unavailable extends Error {
  readonly status: 502 | 503;
  /** In seconds. */
  readonly retryAfter: number | undefined;
  constructor(status: 502 | 503, message: string, retryAfter?: number) {
    super(message);
    this.name = "Unavailable";
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
