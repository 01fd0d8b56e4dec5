import type { Given } from "./given.ts";

export const usualAddress = "127.0.0.1:8808";

/** What every protected server has: whose tokens count, where it listens, what it is called. */
export interface FrontSettings {
  readonly issuer: string;
  readonly resource?: string;
  readonly host: string;
  readonly port: number;
  readonly guard: {
    readonly allowedOrigins: readonly string[];
    readonly introspection?: {
      readonly clientId: string;
      readonly clientSecret: string;
      readonly cacheSeconds: number;
    };
    readonly revocations?: { readonly clientId: string; readonly clientSecret: string };
  };
}

/** Notes every fault on `given`. */
export function frontSettings(
  given: Given,
  env: Readonly<Record<string, string | undefined>>,
): FrontSettings {
  const issuer = given.required(
    "issuer",
    "is needed: the URL of the server that people log in at (valetkey start --demo gives you one to try)",
  );
  const issuerFault =
    issuer === ""
      ? undefined
      : (urlFault(issuer) ?? (/[?#]/.test(issuer) ? "has a query or a fragment" : undefined));
  if (issuerFault !== undefined) given.refuse("issuer", issuerFault, withoutPassword(issuer));
  const resource = given.text("resource");
  const resourceFault = resource === undefined ? undefined : urlFault(resource);
  if (resourceFault !== undefined) given.refuse("resource", resourceFault, withoutPassword(resource ?? ""));
  const address = addressOf(given);
  if (resource === undefined && !isLoopback(address.host))
    given.refuse(
      "resource",
      "is needed where --listen names more than this machine: the https URL that clients are given, of a proxy with TLS in front",
    );
  const introspection = issuerClient(given, "introspect", env.VALETKEY_CLIENT_SECRET);
  const revocations = issuerClient(given, "revocations", env.VALETKEY_CLIENT_SECRET);
  if (introspection && revocations && introspection.clientId !== revocations.clientId)
    given.refuse("revocations", "names another client than --introspect, and there is one secret for both");
  return {
    issuer,
    ...(resource !== undefined && { resource }),
    ...address,
    guard: {
      allowedOrigins: given.texts("allow-origin"),
      ...(introspection && { introspection: { ...introspection, cacheSeconds: 5 } }),
      ...(revocations && { revocations }),
    },
  };
}

/** What the guard would refuse only once the server behind has been started. */
function urlFault(text: string): string | undefined {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) return "is no URL";
  const { protocol, hostname, username, password } = new URL(text);
  if (protocol === "http:" && !isLoopback(hostname.replace(/^\[|\]$/g, "")))
    return "is no https URL; http is for a loopback address only";
  if (username !== "" || password !== "") return "carries a user or password";
  return text.includes("#") ? "has a fragment" : undefined;
}

function isLoopback(host: string): boolean {
  return host === "" || host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** What a terminal shows, a log may keep. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/.*@/, "//***@");
}

function addressOf(given: Given): { readonly host: string; readonly port: number } {
  const text = given.text("listen") ?? usualAddress;
  const [, host = "", port = ""] =
    /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text)?.filter(Boolean) ?? [];
  if (port === "" || Number(port) > 65_535) given.refuse("listen", "is an address and a port", text);
  return { host, port: Number(port) };
}

/** The client as which the issuer is asked. */
function issuerClient(given: Given, option: "introspect" | "revocations", clientSecret: string | undefined) {
  const clientId = given.text(option);
  if (clientId === undefined) return undefined;
  if (clientSecret === undefined || clientSecret === "")
    given.refuse(option, "needs the client's secret in the variable VALETKEY_CLIENT_SECRET", clientId);
  return { clientId, clientSecret: clientSecret ?? "" };
}
