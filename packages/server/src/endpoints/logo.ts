import type { Endpoint } from "../http/message.ts";
import type { Context } from "./context.ts";
import { kept } from "./kept.ts";
import { notFoundPage } from "./refusal-page.ts";

/**
 * The operator's logos. An SVG is a document when it is opened by itself: its policy lets it run nothing, load nothing,
 * and stand on an origin of its own.
 */
export function logoEndpoint(context: Context): Endpoint {
  return (request) => {
    const { look } = context;
    const usual = [...look.pictures.values()][0];
    const named = look.pictures.get(new URLSearchParams(request.query).get("v") ?? "");
    const picture = named ?? usual;
    if (picture === undefined) return notFoundPage(context, request);
    return {
      status: 200,
      headers: {
        "content-type": picture.type,
        "cache-control": kept(named !== undefined),
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      },
      body: "",
      bytes: picture.bytes,
    };
  };
}
