import type { Change } from "../../packages/browser/src/testing/bundle.ts";

const kept = "holding.set(keyOf(client), found);";
const file = "worker/keeper.ts";
export interface Leak {
  readonly leak: string;
  /** The lines of the loot that come from there. */
  readonly place: RegExp;
  readonly changes: readonly Change[];
}

/** Ways in which a worker would let its refresh token out, each as a change of its source. All stand in one. */
export const leaks: readonly Leak[] = [
  {
    leak: "in an answer about the session",
    place: /^message\.value\.(?:session\.)?refreshToken: /,
    changes: [
      {
        file: "worker/held.ts",
        from: 'status: "signed-in", account',
        to: 'status: "signed-in", refreshToken: arguments[0].refreshToken, account',
      },
    ],
  },
  {
    leak: "among the headers of a request",
    place: /^message\.value\.accept: /,
    changes: [
      {
        file,
        from: "return credentials(found, given);",
        to: "return { ...(await credentials(found, given)), accept: String(found.refreshToken) };",
      },
    ],
  },
  {
    leak: "on a broadcast channel",
    place: /^valetkey: /,
    changes: [
      { file, from: kept, to: `${kept} new BroadcastChannel("valetkey").postMessage(found.refreshToken);` },
    ],
  },
  {
    leak: "in a database",
    place: /^database vault/,
    changes: [
      {
        file,
        from: kept,
        to: `${kept} await new Promise((done) => { const o = indexedDB.open("vault", 1); o.onupgradeneeded = () => o.result.createObjectStore("s"); o.onsuccess = () => { o.result.transaction("s", "readwrite").objectStore("s").put(found.refreshToken, 1).onsuccess = done; }; });`,
      },
    ],
  },
  {
    leak: "in a cache",
    place: /^cache: /,
    changes: [
      {
        file,
        from: kept,
        to: `${kept} await (await caches.open("c")).put("/kept", new Response(found.refreshToken));`,
      },
    ],
  },
  {
    leak: "sent to an issuer that the asking page names",
    place: /^http:.* grant_type=refresh_token&/,
    changes: [
      {
        file: "options.ts",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a file
        from: "${issuer} ${clientId}",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a file
        to: "${clientId}",
      },
      {
        file,
        from: "await renewed(found)",
        to: `await renewed(question.client.issuer === found.client.issuer ? found : { ...found, metadata: await (await import("../oauth/discovery.ts")).discover(question.client.issuer) })`,
      },
    ],
  },
];
