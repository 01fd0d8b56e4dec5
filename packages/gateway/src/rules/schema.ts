import { requireScopeNames } from "@valetkey/protocol/challenge";
import { z } from "zod";
import { readFieldPath } from "./field.ts";
import { carryingFault, droppingFault, passingFault } from "./header-names.ts";
import { readPathPattern } from "./path-pattern.ts";
import { count, duration, group, list, readText, text } from "./setting.ts";

/** What a rule may name; `WEBSOCKET` is a GET that asks to become a WebSocket. */
export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "WEBSOCKET"] as const;

/** RFC 6749 §3.3. */
export const scope = text((value) => {
  try {
    requireScopeNames([value]);
    return undefined;
  } catch {
    return "must be a scope: visible ASCII without quotes and backslashes (RFC 6749 §3.3)";
  }
});

/** Letters, digits and dashes: CGI and its heirs read X_Forwarded_For and X.Forwarded.For as X-Forwarded-For. */
const headerName = (fault: (value: string) => string | undefined) =>
  text((value) =>
    /^[A-Za-z0-9-]+$/.test(value) ? fault(value) : "must be a header name of letters, digits and dashes",
  );

const mediaType = text((value) =>
  value === "*/*" || /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(value)
    ? undefined
    : "must be a media type in lower case without parameters, or */*",
);

const value = z.union([z.string().max(1_024), z.number(), z.boolean()], {
  error: "must be text, a number, or true or false",
});

const ruleShape = {
  methods: list(z.enum(methods, { error: `must be one of ${methods.join(", ")}` })).describe(
    "The methods that the rule is about; GET stands for HEAD too, WEBSOCKET for a GET that becomes a WebSocket.",
  ),
  path: readText(readPathPattern).describe(
    "The path behind the resource's own: plain segments, * for one of any name, ** for any number of them.",
  ),
  models: list(text())
    .optional()
    .describe("The rule holds only if the body's `model` is one of these; * stands for any signs."),
  fields: z
    .record(
      text((name) => {
        const path = readFieldPath(name);
        return typeof path === "string" ? path : undefined;
      }),
      z.union([value, list(value)], { error: "must be a value or a list of values" }),
      { error: "must be a group of fields and their values" },
    )
    // A rule without a condition holds for every body: nobody writes `fields` for that.
    .refine((fields) => Object.keys(fields).length > 0, "must not be empty")
    .optional()
    .describe("The rule holds only if each of these fields of the JSON body has one of its values."),
  content_types: list(mediaType)
    .default(["application/json"])
    .describe(
      "The types of body that may come here; */* for any. Forms are a way to override the method at some servers.",
    ),
  scopes: list(scope).describe(
    "What the caller's token must hold; several rules that match ask for all of theirs.",
  ),
  credential: text().optional().describe("The name of the credential that goes to the server behind."),
};

const credentialShape = {
  header: headerName(carryingFault)
    .default("Authorization")
    .describe("The header that carries the credential."),
  scheme: text()
    .optional()
    .describe("The word before the credential; Bearer where the header is Authorization, else none."),
  env: text().optional().describe("The environment variable that holds the credential."),
  file: text().optional().describe("The file that holds the credential; blanks around it are cut off."),
  exchange: group({
    client_id: text().describe(
      "The gateway's own client at the issuer; it stands as the actor in the new token.",
    ),
    client_secret_env: text().optional().describe("The environment variable that holds the client's secret."),
    client_secret_file: text().optional().describe("The file that holds the client's secret."),
    resource: text((value) =>
      URL.canParse(value) && !value.includes("#") ? undefined : "must be a URL without a fragment (RFC 8707)",
    ).describe("Whom the new token is for: the resource identifier of the server behind."),
    scopes: list(scope)
      .optional()
      .describe(
        "What is asked for; left out, those scopes of the caller's token that the server behind has.",
      ),
  })
    .optional()
    .describe("The caller's token is exchanged at the issuer for one for the server behind (RFC 8693)."),
};

/** What an issuer is told of a scope. */
export const described = {
  sentence: text()
    .max(300, "must be 300 characters at most")
    .optional()
    .describe("What the consent page says."),
  risk: z
    .enum(["low", "medium", "high"], { error: "must be low, medium or high" })
    .optional()
    .describe("Scopes of high risk are given only to people with a role that was named for them."),
};

const budget = group({
  window: duration(1, 31 * 86_400).describe(
    "How long the numbers hold, counted from the first request of a window.",
  ),
  requests: count(1, 1_000_000_000).optional().describe("The most requests in a window."),
  tokens: count(1, 1_000_000_000_000)
    .optional()
    .describe("The most model tokens in a window, both ways together."),
});

/** The file of `valetkey protect --rules`. */
export const RulesFile = group({
  rules: list(group(ruleShape)).describe(
    "What may be reached, and with which scopes; what no rule names is refused.",
  ),
  scopes: z
    .record(scope, group(described), { error: "must be a group of scopes by name" })
    .default({})
    .describe("What the issuer tells people of the scopes that the rules name."),
  credential: text()
    .optional()
    .describe("The credential of rules that name none. Left out, the server behind gets none at all."),
  credentials: z
    .record(text(), group(credentialShape), { error: "must be a group of credentials by name" })
    .default({})
    .describe("Credentials of the gateway's own for the server behind, in the place of the caller's token."),
  caller_token: group({
    audience: text().optional().describe("The `aud` of the token; the server's own address when left out."),
    lifetime: duration(1, 60).prefault("30s").describe("How long one such token holds, 60s at most."),
    key_env: text()
      .optional()
      .describe(
        "The environment variable with the private keys, as in key_file; the ends of lines may be \\n.",
      ),
    key_file: text()
      .optional()
      .describe(
        "The file with private keys on P-256 in PEM: the first signs, all are published. Left out, each process makes its own.",
      ),
  })
    .optional()
    .describe("Tells the server behind who calls, by a short signed token in the header Valetkey-Caller."),
  budgets: group({
    caller: budget.optional().describe("For each subject, be it a person or a machine."),
    client: budget.optional().describe("For each client, that is for each agent, over all who use it."),
  })
    .prefault({})
    .describe("How much one caller may use. Counted in the memory of one process."),
  limits: group({
    judged_body: count(1_024, 268_435_456)
      .default(8_388_608)
      .describe("The most octets of a body that a rule must read."),
    concurrent: count(1, 100_000).default(256).describe("The most requests that are under way at once."),
    per_caller: count(1, 100_000)
      .default(64)
      .describe("The most requests of one caller that are under way at once."),
    counters: count(1, 10_000_000)
      .default(10_000)
      .describe("The most callers and the most clients that are counted."),
  })
    .prefault({})
    .describe("What the gateway holds at once."),
  timeouts: group({
    connect: duration(1, 600).prefault("5s").describe("Until the server behind takes a connection."),
    headers: duration(1, 86_400)
      .prefault("10m")
      .describe("From the request's end to the answer's first line."),
    idle: duration(1, 86_400).prefault("2m").describe("Between two pieces of an answer, or of a WebSocket."),
  })
    .prefault({})
    .describe("How long the gateway waits for the server behind."),
  pass_headers: list(headerName(passingFault))
    .optional()
    .describe(
      "Headers of the client that pass beside the known ones; the server behind believes what they say.",
    ),
  drop_headers: list(headerName(droppingFault))
    .optional()
    .describe("Known headers of the client that do not pass, such as OpenAI-Organization."),
});

export type RulesFile = z.output<typeof RulesFile>;
