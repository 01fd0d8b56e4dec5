/** What one request has to tell the operator, gathered while it is handled; becomes one step of the trace. */
export interface Story {
  /** Names the client as soon as it is known, so that the step joins its handshake. */
  client(id: string): void;
  /** One sentence, facts included, secrets never. */
  says(sentence: string): void;
}
