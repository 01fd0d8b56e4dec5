/** One mail to one person, in their language, already written. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  /** "none" where nothing can be sent: then nothing is offered that needs a mail. */
  readonly kind: "smtp" | "outbox" | "none";
  /**
   * Takes the mail and returns at once, so that no answer's time tells whether there was anybody to write to; given as a
   * function, it is written later too. Sending is tried again a few times; what cannot be sent is told to the operator.
   */
  send(mail: Mail | (() => Mail)): void;
  /** What was not sent anywhere but kept for the developer's page, newest first; empty for "smtp". */
  outbox(): readonly (Mail & { readonly at: number })[];
  /** Waits for what is being sent, some seconds at most. */
  close(): Promise<void>;
}
