import { wellKnownUrls } from "@valetkey/protocol/issuer";
import { page } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { developmentHomePage, homePage } from "../pages/home.ts";
import type { Context } from "./context.ts";
import { englishFrame, frameOf } from "./frame.ts";

/** `/`: what a development server prints at its start, as a page; on a real one its name and its documents. */
export function homeEndpoint(context: Context): Endpoint {
  const { settings, basePath, mailer } = context;
  const { issuer, demo } = settings;
  const { authorizationServer, openidConfiguration } = wellKnownUrls(issuer);
  return (request) => {
    const frame = demo ? englishFrame(context) : frameOf(context, request);
    const { home: texts } = frame.words;
    const discovery = [
      { label: texts.authorizationServer, href: authorizationServer[0] ?? issuer },
      { label: texts.openid, href: openidConfiguration[0] ?? issuer },
      { label: texts.keys, href: `${issuer}/jwks` },
    ];
    const home = { ...frame, issuer, discovery, accountHref: `${basePath}/account` };
    if (!demo) return page(homePage(home));
    const outbox = mailer.kind === "outbox" ? { outboxHref: `${basePath}/outbox` } : {};
    return page(developmentHomePage({ ...home, ...demo, ...outbox }));
  };
}
