/** EdDSA, ES256 and RS256: what authenticators make. https://www.iana.org/assignments/cose */
export const algorithms = [-8, -7, -257];
