import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import type { Listener } from "../door.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface SiteOptions {
  /** The folder that Vite built. */
  readonly folder: string;
  /** What the page asks for as it starts: where its issuer and its API are. */
  readonly config: { readonly issuer: string; readonly api: string };
}

/** Plain files and one document of settings. Nothing of a stranger's runs in the page, and nothing leaves it but to two places. */
export async function site({ folder, config }: SiteOptions): Promise<Listener> {
  const files = new Map<string, { readonly body: Buffer; readonly type: string }>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const type = types[extname(path)] ?? "application/octet-stream";
    files.set(`/${relative(folder, path).replaceAll("\\", "/")}`, { body: readFileSync(path), type });
  }
  const start = files.get("/index.html");
  if (start) files.set("/", start);
  files.set("/config.json", { body: Buffer.from(JSON.stringify(config)), type: "application/json" });

  const headers = {
    "content-security-policy": [
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      `connect-src 'self' ${config.issuer} ${config.api}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
  };

  return (incoming, outgoing) => {
    const [pathname = ""] = (incoming.url ?? "/").split("?");
    const file = files.get(pathname);
    if (!file || (incoming.method !== "GET" && incoming.method !== "HEAD"))
      return outgoing.writeHead(404, headers).end();
    // Vite puts a fingerprint into the names of all but the first.
    const isFixed = pathname.startsWith("/assets/");
    const cache = isFixed ? "public, max-age=31536000, immutable" : "no-cache";
    outgoing.writeHead(200, { ...headers, "content-type": file.type, "cache-control": cache });
    return outgoing.end(file.body);
  };
}
