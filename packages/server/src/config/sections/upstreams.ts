import { isLoopbackHost } from "@valetkey/protocol/web-uri";
import { z } from "zod";
import { groupError, listOf } from "../group.ts";
import { flag, hostReason, text, told } from "../setting.ts";

export const upstreamKinds = ["oidc", "google", "microsoft", "apple", "github"] as const;

/** One provider elsewhere. Its members are told in docs/settings.md in a table of their own. */
export const upstream = z.strictObject(
  {
    kind: told(
      z.enum(upstreamKinds, { error: `must be one of ${upstreamKinds.join(", ")}` }),
      "What it is: one of the four that are known here by name, or oidc for any OpenID Provider.",
      { type: "text", example: "google" },
    ),
    name: told(
      text().max(40, "must have at most 40 characters").optional(),
      "What the button says behind “Continue with”; when absent, the provider's own name, or that of the upstream.",
      { type: "text", example: "Example Inc." },
    ),
    enabled: flag(
      true,
      "Whether people may come in from there. Switch it off rather than take it away: who is connected with it stays so.",
    ),
    issuer: told(
      text(issuerReason).optional(),
      "The provider's issuer, as its metadata have it; required for oidc. With github the address of an Enterprise Server, or of a company's own part of ghe.com.",
      { type: "text", example: "https://id.example.com" },
    ),
    tenant: told(
      text((value) =>
        /^[a-z0-9][a-z0-9.-]{0,250}$/i.test(value)
          ? undefined
          : "must be a tenant's id or domain, or common, organizations or consumers",
      ).optional(),
      "With microsoft: who may come in from there. One tenant by its id or domain; organizations, consumers, or common for all, which is the default.",
      { type: "text", example: "72f988bf-86f1-41af-91ab-2d7cd011db47" },
    ),
    client_id: told(text(), "What this server is called there.", { type: "text", example: "valetkey" }),
    client_secret: told(text().optional(), "The secret that it gave this server.", {
      type: "text",
      example: '"a secret"',
    }),
    client_secret_file: told(
      text().optional(),
      "A file whose first line is that secret. A relative path starts at the folder of the configuration.",
      { type: "text", example: "./valetkey-data/google-secret" },
    ),
    private_key_file: told(
      text().optional(),
      "A PEM file with the private key by which this server proves itself there instead (private_key_jwt); with apple the .p8 file.",
      { type: "text", example: "./valetkey-data/apple.p8" },
    ),
    key_id: told(text().optional(), "What that key is called there; required for apple.", {
      type: "text",
      example: "ABC123DEFG",
    }),
    team_id: told(text().optional(), "With apple: the team's id.", { type: "text", example: "DEF123GHIJ" }),
    scopes: told(
      listOf(() => undefined).optional(),
      "What is asked for there, instead of what is usual with its kind.",
      { type: "list", example: "[openid, email]" },
    ),
    sign_up: flag(
      false,
      "Whether who has no account here gets one by signing in there, whatever sign_in.sign_up says. With google, apple, github and microsoft's common that is everybody.",
    ),
    link_by_email: flag(
      false,
      "Whether somebody whose address is verified there comes into the account here that has the same address, itself verified. Only for a provider that owns the addresses, such as that of your own company: whoever runs it can come into every account here.",
    ),
    trust_email: told(
      z.boolean({ error: "must be true or false" }).optional(),
      "Whether an address that it says is verified counts as verified here. When absent: oidc no, google for Gmail and for its customers' own domains, microsoft for domains that the tenant has proved (xms_edov), apple and github yes.",
      { type: "true or false", example: "true" },
    ),
    trust_mfa: flag(
      false,
      "Whether it is believed when it says that somebody signed in there by several factors (amr mfa): they then count as aal2 here, and no second factor is asked for.",
    ),
    domains: told(
      listOf(hostReason).default([]),
      "Only people of these domains come in: with google accounts of these Workspace domains, elsewhere verified addresses. Empty means everybody whom the provider lets in.",
      { type: "list", example: "[example.com]" },
    ),
  },
  { error: groupError },
);

/** Names that fit into a path. */
const name = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/);

const upstreamsError = (issue: { code?: string }) =>
  issue.code === "invalid_key"
    ? "must be named by lower-case letters, digits and hyphens"
    : "must be a group of upstreams, each by a name of yours";

export const upstreams = told(
  z.record(name, upstream, { error: upstreamsError }).default({}),
  "Providers elsewhere at which people may sign in for here, each by a name of your choice: what one may hold stands below. Each has its own redirect URI: the issuer and /upstream/<name>/callback (docs/operate/upstreams.md).",
  { type: "groups", example: "{google: {kind: google, client_id: valetkey, client_secret: a secret}}" },
);

function issuerReason(value: string): string | undefined {
  if (!URL.canParse(value)) return "must be a URL";
  const { protocol, hostname, username, password, search, hash } = new URL(value);
  if (protocol !== "https:" && !(protocol === "http:" && isLoopbackHost(hostname)))
    return "must begin with https://";
  if (username !== "" || password !== "") return "must not hold a user or password";
  return search === "" && hash === "" ? undefined : "must have no query and no fragment";
}
