import type { RuleScope } from "./rules.ts";
import type { RulesFile } from "./schema.ts";

/** What a rule may do without changing anything, if the server behind keeps to RFC 9110 §9.2.1. */
const safe = ["GET", "OPTIONS"];

/** Every scope that the rules name, with what the file says of it, or what can be told from its rules. */
export function scopesOf({ rules, scopes: described }: RulesFile): readonly RuleScope[] {
  const names = [...new Set(rules.flatMap(({ scopes }) => scopes))];
  return names.map((name) => {
    const needing = rules.filter(({ scopes }) => scopes.includes(name));
    const about = Object.hasOwn(described, name) ? described[name] : undefined;
    const onlyReads = needing.every(({ methods }) => methods.every((method) => safe.includes(method)));
    return {
      name,
      sentence: about?.sentence ?? `Use ${shortened(needing.map(placeOf))}`,
      risk: about?.risk ?? (onlyReads ? "low" : "medium"),
    };
  });
}

function placeOf({ methods, path, models }: RulesFile["rules"][number]): string {
  const place = `${methods.join(" and ")} /${path.segments.join("/")}`;
  return models === undefined ? place : `${place} with ${models.slice(0, 3).join(", ")}`;
}

/** As many places as a person reads. */
function shortened(places: readonly string[]): string {
  const shown = places.slice(0, 3).join("; ");
  return places.length > 3 ? `${shown} and ${places.length - 3} more` : shown;
}
