import { wellKnownUrls } from "@valetkey/protocol/issuer";
import { page } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { developmentHomePage, homePage } from "../pages/home.ts";
import type { Context } from "./context.ts";
import { frameOf } from "./frame.ts";

/** `/`: what a development server prints at its start, as a page; on a real one its name and its documents. */
export function homeEndpoint({ settings, basePath }: Context): Endpoint {
  const { issuer, demo } = settings;
  const { authorizationServer, openidConfiguration } = wellKnownUrls(issuer);
  const discovery = [
    { label: "Authorization server metadata", href: authorizationServer[0] ?? issuer },
    { label: "OpenID configuration", href: openidConfiguration[0] ?? issuer },
    { label: "Keys", href: `${issuer}/jwks` },
  ];
  const home = { ...frameOf(settings, basePath), issuer, discovery, accountHref: `${basePath}/account` };
  const html = demo ? developmentHomePage({ ...home, ...demo }) : homePage(home);
  return () => page(html);
}
