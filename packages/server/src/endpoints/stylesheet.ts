import type { Endpoint } from "../http/message.ts";
import { stylesheet } from "../pages/stylesheet.ts";

/** The one stylesheet of the pages. */
export const stylesheetEndpoint: Endpoint = () => ({
  status: 200,
  headers: {
    "content-type": "text/css; charset=utf-8",
    "cache-control": "public, max-age=300",
    "x-content-type-options": "nosniff",
  },
  body: stylesheet,
});
