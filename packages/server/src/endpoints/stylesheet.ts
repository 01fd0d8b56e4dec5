import type { Endpoint } from "../http/message.ts";
import type { Context } from "./context.ts";
import { kept } from "./kept.ts";

/**
 * The stylesheet of the pages. Its URL names its content and may be kept for ever; one whose name is not known here,
 * from before or from another node, is answered with ours for a few minutes.
 */
export function stylesheetEndpoint({ look }: Context): Endpoint {
  return (request) => {
    const named = look.stylesheets.get(new URLSearchParams(request.query).get("v") ?? "");
    return {
      status: 200,
      headers: {
        "content-type": "text/css; charset=utf-8",
        "cache-control": kept(named !== undefined),
        "x-content-type-options": "nosniff",
      },
      body: named ?? look.stylesheet,
    };
  };
}
