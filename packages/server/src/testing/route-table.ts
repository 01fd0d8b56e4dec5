import type { Context } from "../endpoints/context.ts";
import { routes } from "../endpoints/index.ts";
import type { Route } from "../http/router.ts";
import { usualSettings } from "./a-server.ts";

/** The table of routes to be read, not called: no endpoint of it has a store or a key. */
export function routeTable(issuer: string): readonly Route[] {
  const basePath = new URL(issuer).pathname.replace(/\/$/, "");
  const none = {
    mailer: { kind: "smtp" },
    upstreams: { list: [{ id: "{upstream}" }] },
    look: { pictures: new Map() },
    passkeyScript: {},
    passwordScript: {},
    post: { isOpen: true },
  };
  return routes({ settings: usualSettings(issuer), basePath, ...none } as unknown as Context);
}
