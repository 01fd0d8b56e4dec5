/** RFC 6749 §5.1, as it travels: absent members are left out, never null. */
export interface TokenResponse {
  readonly access_token: string;
  /** DPoP when the access token is bound to a key: RFC 9449 §5. */
  readonly token_type: "Bearer" | "DPoP";
  /** Of an exchange only: RFC 8693 §2.2.1. */
  readonly issued_token_type?: string;
  readonly expires_in: number;
  /** Left out where nothing has a name: RFC 6749 §3.3 knows no empty list. */
  readonly scope?: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
}
