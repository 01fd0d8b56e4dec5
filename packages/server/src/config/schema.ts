import { z } from "zod";
import { group, groupError, listOf } from "./group.ts";
import { look } from "./sections/look.ts";
import { mail } from "./sections/mail.ts";
import { passwords } from "./sections/passwords.ts";
import { signIn } from "./sections/sign-in.ts";
import { upstreams } from "./sections/upstreams.ts";
import {
  appRedirectReason,
  count,
  duration,
  flag,
  hostReason,
  issuerReason,
  proxyReason,
  resourceReason,
  storeReason,
  text,
  told,
} from "./setting.ts";

const minute = 60;
const day = 86_400;

function limit(what: string, usual: { limit: number; window: string }) {
  return group(`How many ${what} are too many.`, limitOf(what, usual));
}

/** A limit that makes wait longer and longer, and does not end what was asked. */
function growing(what: string, usual: { limit: number; window: string; longest: string }) {
  return group(`How many ${what} are too many, and how long the next one waits then.`, {
    ...limitOf(what, usual),
    longest: duration(
      usual.longest,
      "The longest wait. It is a second once the limit is reached, and twice as long after each further one.",
      { least: 1, most: day },
    ),
  });
}

function limitOf(what: string, usual: { limit: number; window: string }) {
  return {
    limit: count(usual.limit, `How many ${what} within the window are answered, by each process.`, {
      least: 1,
      most: 1_000_000,
    }),
    window: duration(usual.window, "How long one of them counts.", { least: 1, most: day }),
  };
}

export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** Every setting once: its form, its default, its sentence. The manual, the JSON Schema and `valetkey init` are printed from it. */
export const Config = z.strictObject(
  {
    issuer: told(
      text(issuerReason),
      "The public URL of this server, which signs every token. Clients compare it as text: never change it.",
      {
        type: "text",
        example: "https://auth.example.com",
      },
    ),
    product_name: told(
      text().max(80, "must have at most 80 characters").default("Valetkey"),
      "What the pages call this server.",
      {
        type: "text",
        example: "Example Accounts",
      },
    ),
    listen: group("Where the server listens.", {
      host: told(
        text().default("127.0.0.1"),
        "The address. Behind a proxy on the same machine keep the default; in a container use 0.0.0.0.",
        {
          type: "text",
          example: "0.0.0.0",
        },
      ),
      port: count(8080, "The TCP port; 0 picks a free one.", { least: 0, most: 65_535 }),
    }),
    trusted_proxies: told(
      listOf(proxyReason).default([]),
      "Addresses and ranges of your reverse proxies. X-Forwarded-For and X-Forwarded-Host are believed from these and from nobody else.",
      {
        type: "list",
        example: "[10.0.0.0/8]",
      },
    ),
    store: told(
      text(storeReason).default("./valetkey-data/valetkey.sqlite"),
      "The database: the path of a SQLite file, or a postgres:// URL for several nodes. A relative path starts at the folder of this file.",
      {
        type: "text",
        example: "postgres://valetkey@db.example.com/valetkey",
      },
    ),
    key_file: told(
      text().optional(),
      "The file with the server's own keys, for its owner's eyes only; when absent, valetkey.keys beside the SQLite file, or beside this file with PostgreSQL. The environment variable VALETKEY_KEYS may hold the keys themselves instead.",
      {
        type: "text",
        example: "./valetkey-data/valetkey.keys",
      },
    ),
    places_file: told(
      text().optional(),
      "A file in MaxMind's format (GeoLite2 City, DB-IP Lite) that tells people from which country and city they are signed in. Without it they read the address. A relative path starts at the folder of this file.",
      {
        type: "text",
        example: "./GeoLite2-City.mmdb",
      },
    ),
    default_resource: told(
      text(resourceReason).optional(),
      "The resource of a request that names none, when several are registered.",
      {
        type: "text",
        example: "https://mcp.example.com",
      },
    ),
    lifetimes: group("How long things live.", {
      authorization_code: duration(
        "60s",
        "How long a code may wait for its client. RFC 6749 §4.1.2 asks for ten minutes at most.",
        { most: 10 * minute },
      ),
      device_code: duration(
        "10m",
        "How long a device may wait for a person to type its code. RFC 10027 §6.1 asks for short ones.",
        { least: minute, most: 30 * minute },
      ),
      access_token: duration(
        "10m",
        "How long an access token is good, for resources that do not say otherwise. A guard that does not ask back learns of a revocation only then.",
        { least: 10, most: day },
      ),
      id_token: duration("10m", "How long an ID token is good.", { least: 10, most: day }),
      session: duration("12h", "How long a browser stays signed in.", { least: minute }),
      interaction: duration("30m", "How long a person may take to sign in and consent.", {
        least: minute,
        most: day,
      }),
      refresh_idle: duration("30d", "How long a refresh token may lie unused.", { least: minute }),
      refresh_absolute: duration(
        "180d",
        "How long after consent a device must sign in again, however often it refreshed.",
        { least: minute },
      ),
      client_secret_overlap: duration("7d", "How long the old secret of a client works beside a new one."),
    }),
    refresh: group(
      "How much a refresh token forgives a client that lost an answer or refreshes twice at once.",
      {
        grace: duration("120s", "How long a superseded token is still answered with the current ones.", {
          least: 0,
          most: day,
        }),
        unused_successor: duration(
          "7d",
          "How long a token is answered with its successor while that was never used.",
          { least: 0, most: 90 * day },
        ),
        late_answers: count(
          10,
          "How many late answers, those given again later than `grace`, a device may have; one more, and its tokens end as stolen. Several to one token within `grace` of the first are a burst and count once.",
          { least: 0, most: 10_000 },
        ),
        late_window: duration(
          "24h",
          "How long a late answer counts. It counts on beyond that while every token of the device since then needed one too: such an unbroken row is a thief who always comes second, however seldom that is.",
        ),
      },
    ),
    sign_in: signIn,
    upstreams,
    passwords,
    mail,
    look,
    token_exchange: group("Clients that act for others (RFC 8693).", {
      depth: count(4, "How many clients may act one for the other in a chain, the first included.", {
        least: 1,
        most: 16,
      }),
    }),
    device_authorization: group(
      "Devices without a browser, which show a code to type elsewhere (RFC 8628).",
      {
        enabled: flag(
          true,
          "Whether clients that have this grant may use it. Switch it off where no device needs it: RFC 10027 tells how people are talked into approving.",
        ),
      },
    ),
    registration: group("Dynamic client registration (RFC 7591).", {
      enabled: flag(true, "Whether public clients may register themselves."),
      unused_after: duration("30d", "When a client that no person ever authorized is removed.", {
        least: 3600,
      }),
      app_redirects: told(
        listOf(appRedirectReason).default(["cursor://anysphere.cursor-mcp/oauth/callback"]),
        "Redirect URIs with an app's own scheme that may be registered, each in full.",
        { type: "list", example: "[cursor://anysphere.cursor-mcp/oauth/callback]" },
      ),
    }),
    client_metadata_documents: group("Clients whose client_id is the URL of their metadata (CIMD).", {
      enabled: flag(true, "Whether such clients are accepted."),
      max_bytes: count(16_384, "How large a document may be. The draft recommends 5 kilobytes (CIMD §8.7).", {
        least: 1024,
        most: 10_000_000,
      }),
      timeout: duration("5s", "How long fetching one may take, from name lookup to last byte.", {
        most: minute,
      }),
      min_fresh: duration("60s", "How long a document is kept at least, whatever its host says.", {
        least: 0,
        most: day,
      }),
      max_fresh: duration("24h", "How long a document is kept at most, whatever its host says.", {
        most: 30 * day,
      }),
      stale_if_error: duration(
        "24h",
        "How long a stale document still serves while its host does not answer.",
        { least: 0, most: 30 * day },
      ),
      allow_hosts: told(
        listOf(hostReason).default([]),
        "Hosts whose documents are taken, exact or .example.com for all below; empty means every host.",
        { type: "list", example: "[claude.ai, .example.com]" },
      ),
      deny_hosts: told(listOf(hostReason).default([]), "Hosts whose documents are never taken.", {
        type: "list",
        example: "[.example.net]",
      }),
      pinned: flag(
        true,
        "Whether a built-in copy of a well-known client's document serves while its host answers servers with an error.",
      ),
    }),
    rate_limits: group(
      "How much one caller may try; an IPv6 address counts for its whole /64. Each process counts in its own memory: with several workers or nodes a caller may try as many times more often.",
      {
        sign_in: growing(
          "failed sign-ins to one account from one address, or from one browser that it knows,",
          {
            limit: 5,
            window: "1d",
            longest: "15m",
          },
        ),
        sign_in_address: limit("failed sign-ins from one address, whatever the account,", {
          limit: 100,
          window: "5m",
        }),
        token: limit("failed token requests of one client and address, or for one refresh token,", {
          limit: 30,
          window: "1m",
        }),
        registration: limit("registrations from one address", { limit: 20, window: "1h" }),
        document: limit("metadata documents not known here and named from one address", {
          limit: 100,
          window: "1h",
        }),
        device_authorization: limit("codes for devices asked for from one address", {
          limit: 60,
          window: "1m",
        }),
        user_code: limit("wrong device codes typed by one person, or from one address,", {
          limit: 20,
          window: "10m",
        }),
        user_code_all: limit("wrong device codes of all people together", { limit: 1000, window: "10m" }),
        mail: limit("mails with a code or link to one address", { limit: 10, window: "1h" }),
        mail_address: limit("mails with a code or link asked for from one network address", {
          limit: 60,
          window: "1h",
        }),
        sign_up: limit("accounts asked for from one address", { limit: 20, window: "1h" }),
        sign_in_account: limit("failed sign-ins to one account from browsers that it never signed in with", {
          limit: 100,
          window: "1h",
        }),
        second_factor: limit(
          "wrong second factors of one account, apart for its own browsers, its own networks and all others,",
          { limit: 10, window: "10m" },
        ),
        second_factor_day: limit(
          "wrong codes of an app for one account, counted for longer, apart in the same way,",
          { limit: 20, window: "1d" },
        ),
        password_strength: limit("new passwords judged while they are typed at one address", {
          limit: 600,
          window: "1m",
        }),
        authorization: limit("sign-ins or consents begun from one address", { limit: 600, window: "1m" }),
      },
    ),
    dpop: group(
      "Access tokens that are bound to a key of their client (RFC 9449), for clients that send a proof.",
      {
        require_nonce: flag(
          true,
          "Whether a proof must carry a nonce of this server, so that none can be made long before its use. A client without one is given one and asks again.",
        ),
      },
    ),
    signing_keys: group("How signing keys are replaced.", {
      rotate_every: duration("90d", "How long a key signs.", { least: 3600 }),
      publish_ahead: duration(
        "1d",
        "How long a key is published before it signs, so that every API has fetched it by then.",
        { least: minute },
      ),
      keep_after: duration(
        "2d",
        "How long a key stays published after it signed last; longer than any token lives.",
      ),
    }),
    limits: group("How much one request may hold.", {
      header_bytes: count(
        32_768,
        "Request line and headers together. OAuth 2.1 asks for request lines of 8000 octets.",
        { least: 16_384, most: 1_048_576 },
      ),
    }),
    audit: group("The record of who did what, when.", {
      keep: duration(
        "400d",
        "How long an event is kept in the database. Make it longer than the oldest backup that you would restore is old: what was ended since that backup may have to be ended again from these events.",
        { least: day },
      ),
    }),
    trace: group("The recorded handshakes that `valetkey trace` prints.", {
      keep: count(5000, "How many steps are kept.", { least: 0, most: 1_000_000 }),
    }),
    log: group("The log on standard error, one JSON object a line.", {
      level: told(
        z.enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` }).default("info"),
        "The least serious entry that is written.",
        {
          type: "text",
          example: "debug",
        },
      ),
    }),
  },
  { error: groupError },
);

/** The configuration in the code: names as in the file, durations in seconds. */
export type Config = z.output<typeof Config>;
