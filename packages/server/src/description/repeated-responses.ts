import type { Schema } from "./schema.ts";

type Operations = Readonly<Record<string, Schema & { readonly operationId: string }>>;
type Paths = Readonly<Record<string, Operations>>;

/** The same paths, with each response that several operations give word for word told once, under its status and a number. */
export function withoutRepeats(paths: Paths): {
  readonly paths: Paths;
  readonly responses: Readonly<Record<string, Schema>>;
} {
  const counts = new Map<string, number>();
  const all = Object.values(paths).flatMap((operations) => Object.values(operations).flatMap(responsesIn));
  for (const [, response] of all) {
    const text = JSON.stringify(response);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const names = new Map<string, string>();
  const responses: Record<string, Schema> = {};
  for (const [status, response] of all) {
    const text = JSON.stringify(response);
    if ((counts.get(text) ?? 0) < 2 || names.has(text)) continue;
    const several = Object.keys(responses).filter((name) => name.startsWith(`Answer${status}`)).length;
    const name = `Answer${status}${several === 0 ? "" : `No${several + 1}`}`;
    names.set(text, name);
    responses[name] = response;
  }
  const told = (response: Schema): Schema => {
    const name = names.get(JSON.stringify(response));
    return name === undefined ? response : { $ref: `#/components/responses/${name}` };
  };
  const referring = mapped(paths, (operations) =>
    mapped(operations, (operation) => ({
      ...operation,
      responses: mapped(Object.fromEntries(responsesIn(operation)), told),
    })),
  );
  return { paths: referring, responses };
}

function responsesIn({ responses }: Schema): readonly (readonly [string, Schema])[] {
  return Object.entries(responses as Readonly<Record<string, Schema>>);
}

function mapped<In, Out>(
  members: Readonly<Record<string, In>>,
  change: (member: In) => Out,
): Readonly<Record<string, Out>> {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, change(member)]));
}
