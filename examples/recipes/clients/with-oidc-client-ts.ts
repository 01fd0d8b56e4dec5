import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { fileURLToPath } from "node:url";
import { scope, type Terms } from "./app.ts";

const npm = "../../../conformance/node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js";
const read = (relative: string) => readFileSync(fileURLToPath(new URL(relative, import.meta.url)));

/** oidc-client-ts in a page: a public client. All that it does is in page/page.js; a bundler would import the package. */
export function withOidcClientTs({ issuer, api, clientId }: Terms): RequestListener {
  const html = ["text/html", read("page/index.html")] as const;
  const files = new Map<string, readonly [string, string | Buffer]>([
    ["/", html],
    ["/callback", html],
    ["/page.js", ["text/javascript", read("page/page.js")]],
    ["/oidc-client-ts.js", ["text/javascript", read(npm)]],
    ["/terms", ["application/json", JSON.stringify({ issuer, api, clientId, scope })]],
  ]);
  // The tokens are in the page's memory: no script of another may run there, and nothing be sent elsewhere.
  const policy = `default-src 'none'; script-src 'self'; connect-src 'self' ${issuer} ${api}; frame-ancestors 'none'`;
  return (request, response) => {
    const found = files.get(request.url?.split("?")[0] ?? "/");
    const [type, body] = found ?? ["text/plain", "There is nothing here."];
    const headers = {
      "content-type": type,
      "content-security-policy": policy,
      "referrer-policy": "no-referrer",
    };
    response.writeHead(found ? 200 : 404, headers).end(body);
  };
}
