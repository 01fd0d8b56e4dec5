import type { Variable } from "./step.ts";

/** What whoever runs the collection sets, and what its steps keep for one another. */
export const variables: readonly Variable[] = [
  { key: "issuer", value: "http://127.0.0.1:8484", says: "The server, as its metadata spells it." },
  {
    key: "client_id",
    value: "",
    says: "A confidential client with client_credentials that introspects the resource.",
  },
  { key: "client_secret", value: "", says: "Its secret." },
  { key: "resource", value: "http://127.0.0.1:8486", says: "A resource that has a scope for machines." },
  { key: "scope", value: "inference:read", says: "That scope." },
  { key: "redirect_uri", value: "http://127.0.0.1/callback", says: "Where an app would be waiting." },
  { key: "app_id", value: "", says: "Kept: the app that registers itself." },
  { key: "verifier", value: "", says: "Kept: PKCE, made anew before the authorization request." },
  { key: "challenge", value: "", says: "Kept: the SHA-256 of the verifier." },
  { key: "access_token", value: "", says: "Kept: the machine's token." },
  { key: "device_code", value: "", says: "Kept: what the device asks with." },
];
