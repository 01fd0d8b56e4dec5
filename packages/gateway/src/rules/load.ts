import type { KeyObject } from "node:crypto";
import { readCallerKeys } from "./caller-keys.ts";
import { credentialOf, type SecretSources, secretOf, usualSecrets } from "./credentials.ts";
import type { RuleFault } from "./fault.ts";
import { faultsOf, nameOf } from "./faults-of.ts";
import { type FieldPath, readFieldPath } from "./field.ts";
import type { Credential, Rule, Rules } from "./rules.ts";
import { RulesFile } from "./schema.ts";
import { scopesOf } from "./scopes.ts";
import { readYaml, type YamlDocument } from "./yaml-document.ts";

/** The rules of a file, or every fault of it at once. Rules in use are replaced only by what came out whole here. */
export function loadRules(
  text: string,
  secrets: SecretSources = usualSecrets,
): { readonly rules: Rules } | { readonly faults: readonly RuleFault[] } {
  const document = readYaml(text);
  if (!("value" in document)) return { faults: document };
  const parsed = RulesFile.safeParse(document.value);
  if (!parsed.success) {
    return { faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, document)) };
  }
  const file = parsed.data;
  const faults = contradictions(file, document);
  const credentials = new Map<string, Credential>();
  for (const [name, about] of Object.entries(file.credentials)) {
    const read = credentialOf(about, secrets);
    if (typeof read !== "string") credentials.set(name, read);
    else {
      faults.push({
        line: document.lineOf(["credentials", name]),
        name: `credentials.${name}`,
        reason: read,
      });
    }
  }
  const keys = callerKeysOf(file.caller_token, secrets);
  if (typeof keys === "string") {
    faults.push({ line: document.lineOf(["caller_token"]), name: "caller_token", reason: keys });
    return { faults };
  }
  return faults.length > 0 ? { faults } : { rules: compiled(file, credentials, keys) };
}

function callerKeysOf(
  about: RulesFile["caller_token"],
  secrets: SecretSources,
): readonly KeyObject[] | string {
  const { key_env: env, key_file: file } = about ?? {};
  if (env === undefined && file === undefined) return [];
  if (env !== undefined && file !== undefined) return "must name one of key_env and key_file";
  const text = secretOf(env, file, secrets);
  return text === undefined ? "has a key source that is empty or cannot be read" : readCallerKeys(text);
}

function compiled(file: RulesFile, credentials: Rules["credentials"], keys: readonly KeyObject[]): Rules {
  return {
    rules: file.rules.map((rule) => compiledRule(rule, file.credential)),
    scopes: scopesOf(file),
    credentials,
    callerToken: file.caller_token && {
      audience: file.caller_token.audience,
      lifetime: file.caller_token.lifetime,
      keys,
    },
    budgets: file.budgets,
    limits: file.limits,
    timeouts: file.timeouts,
    passHeaders: (file.pass_headers ?? []).map((name) => name.toLowerCase()),
    dropHeaders: (file.drop_headers ?? []).map((name) => name.toLowerCase()),
  };
}

function compiledRule(rule: RulesFile["rules"][number], credential: string | undefined): Rule {
  const conditions = Object.entries(rule.fields ?? {}).map(([name, values]) => ({
    path: readFieldPath(name) as FieldPath,
    values: Array.isArray(values) ? values : [values],
  }));
  if (rule.models) conditions.push({ path: ["model"], values: rule.models });
  return {
    methods: new Set(rule.methods),
    path: rule.path,
    conditions,
    contentTypes: rule.content_types,
    scopes: rule.scopes,
    credential: rule.credential ?? credential,
  };
}

/** What each setting allows and two together do not. */
function contradictions(file: RulesFile, document: YamlDocument): RuleFault[] {
  const faults: RuleFault[] = [];
  const requireCredential = (name: string | undefined, path: readonly PropertyKey[]) => {
    if (name === undefined || Object.hasOwn(file.credentials, name)) return;
    faults.push({
      line: document.lineOf(path),
      name: nameOf(path),
      reason: "names a credential that does not stand under credentials",
    });
  };
  requireCredential(file.credential, ["credential"]);
  const named = new Set(file.rules.flatMap((rule) => rule.scopes));
  for (const name of Object.keys(file.scopes)) {
    if (named.has(name)) continue;
    const line = document.lineOfName(["scopes"], name);
    faults.push({ line, name: `scopes.${name}`, reason: "is a scope that no rule names" });
  }
  const { caller, client } = file.budgets;
  const countsTokens = caller?.tokens !== undefined || client?.tokens !== undefined;
  file.rules.forEach((rule, at) => {
    requireCredential(rule.credential, ["rules", at, "credential"]);
    if (countsTokens && rule.methods.includes("WEBSOCKET")) {
      faults.push({
        line: document.lineOf(["rules", at, "methods"]),
        name: `rules item ${at + 1}.methods`,
        reason: "must not have WEBSOCKET where a budget has tokens: those of a WebSocket cannot be counted",
      });
    }
    const readsBody = rule.models !== undefined || rule.fields !== undefined;
    if (!readsBody) return;
    const bodiless = rule.methods.filter((method) => !["POST", "PUT", "PATCH"].includes(method));
    if (bodiless.length === 0) return;
    faults.push({
      line: document.lineOf(["rules", at, "methods"]),
      name: `rules item ${at + 1}.methods`,
      reason: `must be POST, PUT or PATCH where the rule reads the body, not ${bodiless.join(", ")}`,
    });
  });
  return faults;
}
