import type { Way } from "../way.ts";
import { password } from "./password.ts";

/** Every way in, by the name of its action. A new one is a file of its own and a line here. */
export function wayTable(): ReadonlyMap<string, Way> {
  const ways: readonly Way[] = [password];
  return new Map(ways.map((way) => [way.action, way]));
}
