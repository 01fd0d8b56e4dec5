import { settings } from "./describe.ts";
import { type ConfigFault, nearest } from "./fault.ts";
import { parseYaml } from "./yaml.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Override {
  readonly path: readonly string[];
  readonly variable: string;
  readonly value: unknown;
}

const byVariable = new Map(settings.map((setting) => [setting.variable, setting]));

/** What the environment overrides, and variables that look like settings and are none. An empty variable counts as unset. */
export function overridesOf(env: Environment): { overrides: Override[]; faults: ConfigFault[] } {
  const overrides: Override[] = [];
  const faults: ConfigFault[] = [];
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith("VALETKEY_") || text === undefined || text === "") continue;
    const setting = byVariable.get(variable);
    if (setting)
      overrides.push({
        path: setting.name.split("."),
        variable,
        value: readValue(setting.type, text, variable),
      });
    else if (!isForeign(variable, text)) faults.push(unknown(variable));
  }
  return { overrides, faults };
}

function readValue(type: string, text: string, variable: string): unknown {
  if (type === "number" && /^[0-9]+$/.test(text)) return Number(text);
  if (type === "true or false" && (text === "true" || text === "false")) return text === "true";
  if (type === "list") return text.split(",").map((item) => item.trim());
  if (type === "groups") return parseYaml(text, variable);
  return text;
}

/** The keys themselves, variables of our own tests, and those that Kubernetes sets for a service of this name. */
function isForeign(variable: string, text: string): boolean {
  if (variable === "VALETKEY_KEYS" || /^VALETKEY_(?:TEST_|CHROMIUM$)/.test(variable)) return true;
  if (/_SERVICE_(?:HOST|PORT)(?:_[A-Z0-9_]+)?$/.test(variable)) return true;
  return (
    /_PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_|$)/.test(variable) ||
    (/_PORT$/.test(variable) && /^[a-z]+:\/\//.test(text))
  );
}

function unknown(variable: string): ConfigFault {
  const meant = nearest(variable, [...byVariable.keys()]);
  return {
    name: variable,
    reason: "is an environment variable that names no setting",
    example: meant ? `Did you mean ${meant}?` : "Unset it; the settings are in docs/settings.md.",
  };
}
