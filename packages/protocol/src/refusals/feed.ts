import type { RefusalText } from "./text.ts";

/** About the revocation feed, at the server and at resources that follow it. */
export const feedRefusals = {
  "feed.not-allowed": {
    says: "A client asked for the revocation feed that may look into no resource's tokens.",
    mend: "Let the resource's own client introspect the resource (`--introspects`); nobody else needs the feed.",
  },
  "feed.wait": {
    says: "The reader of the revocation feed wants to wait for something that is no number of seconds up to 25.",
    mend: "Send `wait` as seconds between 0 and 25, or leave it out.",
  },
  "feed.stale": {
    says: "The resource has not heard from the issuer's revocation feed for longer than it may, so nobody was let in.",
    mend: "Look whether the resource reaches the issuer, and whether the client under `revocations` may introspect a resource there.",
  },
  "feed.overflow": {
    says: "More ended at once than the resource can remember, so older tokens are let in by nobody for a while.",
    mend: "Nothing, if the tokens that live longest have expired by then; otherwise raise `revocations.size`.",
  },
  "feed.before-memory": {
    says: "The token was issued before the time from which the resource knows all that ended.",
    mend: "Refresh the token. It lives longer than any token of the issuer does by what is set there now.",
  },
} as const satisfies Record<string, RefusalText>;
