/** A JSON answer as a test reads it: members that it names are judged by the test itself, and every other stays unknown. */
export interface AnswerBody {
  readonly error: string;
  readonly error_description: string;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly scope: string;
  readonly expires_in: number;
  readonly client_id: string;
  readonly client_secret: string;
  readonly active: boolean;
  readonly sub: string;
  readonly aud: string;
  readonly keys: { readonly kty: string; readonly kid: string }[];
  readonly [name: string]: unknown;
}
