import { OAuthError } from "@valetkey/protocol/errors";
import { readTarget, type Target } from "../rules/target.ts";

/** Where the gateway stands: paths below the resource's become paths below the upstream's, and back. */
export interface Place {
  readonly url: URL;
  contains(target: Target): boolean;
  /** The path and query to send, and the segments that the rules see. @throws access_denied outside of the resource. */
  inward(target: Target): { readonly path: string; readonly segments: readonly string[] };
  /** A Location of the upstream's as the client can use it. */
  outward(location: string): string;
}

/** @throws TypeError for an upstream that is no http or https URL, or has more than a path; for a resource with a path that no request can have */
export function placeOf(resource: string, upstream: string): Place {
  const url = new URL(upstream);
  if (!/^https?:$/.test(url.protocol)) throw new TypeError(`upstream: ${upstream} is no http or https URL.`);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new TypeError("upstream: the URL must have no user, password, query or fragment.");
  }
  const mount = withoutSlash(new URL(resource).pathname);
  if (!isPlain(mount))
    throw new TypeError(`resource: ${resource} has a path that no request can be judged by.`);
  const base = withoutSlash(url.pathname);
  const mountSegments = mount.split("/").length - 1;
  const contains = ({ path }: Target) => path === mount || path.startsWith(`${mount}/`);
  return {
    url,
    contains,
    inward(target) {
      const { path, query, segments } = target;
      if (!contains(target)) {
        throw new OAuthError("invalid_request", "Nothing is here.", "upstream.outside");
      }
      const rest = path.slice(mount.length);
      return {
        path: `${base === "" && rest === "" ? "/" : base + rest}${query}`,
        segments: segments.slice(mountSegments),
      };
    },
    outward(location) {
      const path = URL.canParse(location) ? pathWithin(location, url.origin) : location;
      if (path === undefined) return location;
      return path === base || path.startsWith(`${base}/`) ? mount + path.slice(base.length) : path;
    },
  };
}

/** Path, query and fragment of a URL at this origin. */
function pathWithin(location: string, origin: string): string | undefined {
  const { origin: there, pathname, search, hash } = new URL(location);
  return there === origin ? pathname + search + hash : undefined;
}

/** Whether requests for it would be taken, in the spelling in which they are compared. */
function isPlain(mount: string): boolean {
  try {
    return readTarget(mount === "" ? "/" : mount).path === (mount === "" ? "/" : mount);
  } catch {
    return false;
  }
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, "");
}
