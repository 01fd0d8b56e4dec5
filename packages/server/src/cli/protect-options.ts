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
  if (issuer !== "" && !isWebUrl(issuer)) given.refuse("issuer", "is no URL", issuer);
  const resource = given.text("resource");
  if (resource !== undefined && !isWebUrl(resource)) given.refuse("resource", "is no URL", resource);
  const introspection = issuerClient(given, "introspect", env.VALETKEY_CLIENT_SECRET);
  const revocations = issuerClient(given, "revocations", env.VALETKEY_CLIENT_SECRET);
  if (introspection && revocations && introspection.clientId !== revocations.clientId)
    given.refuse("revocations", "names another client than --introspect, and there is one secret for both");
  return {
    issuer,
    ...(resource !== undefined && { resource }),
    ...addressOf(given),
    guard: {
      allowedOrigins: given.texts("allow-origin"),
      ...(introspection && { introspection: { ...introspection, cacheSeconds: 5 } }),
      ...(revocations && { revocations }),
    },
  };
}

export function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
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
