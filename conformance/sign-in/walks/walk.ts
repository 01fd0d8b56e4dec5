import type { Outbound } from "../../../packages/server/src/ports/outbound.ts";
import { noUpstreams, type Upstreams } from "../../../packages/server/src/ports/upstreams.ts";
import { authorizationUrl, pkce } from "../../../packages/server/src/testing/a-login.ts";
import {
  type AServer,
  type AServerOptions,
  aServer,
  password,
  usualSettings,
} from "../../../packages/server/src/testing/a-server.ts";
import { AnAccountPage } from "../../../packages/server/src/testing/an-account-page.ts";
import type { Door } from "../a-place.ts";
import type { Reader } from "../a-reader.ts";

/** Somebody's way through the pages, on a server of its own. */
export interface Walk {
  readonly more?: Omit<AServerOptions, "issuer">;
  go(server: AServer, reader: Reader): Promise<void>;
}

/** Longer than most. */
export const email = "ada.lovelace@a-rather-long-name.example.com";
export const documentUrl = "https://agent.example.org/oauth/client.json";

/** What the operator's page of settings says. */
const colors = { accent: "#0b6b5d", accentDark: "#5fd3c0", background: "#eef4f2", backgroundDark: "#0c1513" };
const picture = (color: string) => ({
  type: "image/svg+xml" as const,
  bytes: Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="150" height="40"><rect width="40" height="40" rx="10" fill="${color}"/><rect x="52" y="14" width="98" height="12" rx="6" fill="${color}"/></svg>`,
  ),
});

const upstreams: Upstreams = {
  ...noUpstreams,
  list: (["Work", "Example University of the Arts"] as const).map((name, at) => ({
    id: `upstream-${at}`,
    name,
    kind: "oidc",
    isEnabled: true,
    signsUp: true,
    linksByEmail: false,
    trustsMfa: false,
  })),
};

/** The host of a client's document. */
const outbound: Outbound = {
  fetchJson: async (url) => ({
    status: "ok",
    json: {
      client_id: url,
      client_name: "Calendar agent of a small company",
      client_uri: "https://agent.example.org/about",
      redirect_uris: ["https://agent.example.org/callback"],
    },
    bytes: 300,
    freshFor: 300,
    etag: undefined,
  }),
};

/** A server with everything switched on, and Ada. */
export async function aWholeServer({ more = {} }: Walk, door: Door): Promise<AServer> {
  const { issuer } = door;
  const { look, signIn } = usualSettings(issuer);
  const links = { privacy: "https://example.com/privacy", terms: "https://example.com/terms", support: null };
  const settings = {
    productName: "Harbour",
    look: {
      ...look,
      logo: picture("#0b6b5d"),
      logoDark: picture("#5fd3c0"),
      colors,
      links,
      languages: ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "zh", "ko", "ar", "he"],
    },
    signIn: { ...signIn, signUp: "open" as const },
    ...more.settings,
  };
  const server = await aServer({ issuer, upstreams, outbound, ...more, settings });
  door.leadsTo(server);
  await server.person({ email, name: "Ada Lovelace", roles: ["trainer"] });
  return server;
}

/** What a client asks of a person. */
export function asked(
  server: AServer,
  client: { readonly id: string },
  parameters: Readonly<Record<string, string | readonly string[]>> = {},
): string {
  return authorizationUrl(server, client, {
    code_challenge: pkce().challenge,
    scope: "openid tools:use",
    ...parameters,
  });
}

/** Ada is signed in, without a look at the page for it. */
export async function isIn(server: AServer, reader: Reader): Promise<void> {
  const { browser } = await AnAccountPage.open(server, { email, userAgent: firefox });
  await reader.takes(browser.cookies, server.issuer);
}

export const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** Where nobody is signed in yet. */
export async function signsIn(reader: Reader, url: string): Promise<void> {
  await reader.open(url);
  await reader.send({ email, password });
}
