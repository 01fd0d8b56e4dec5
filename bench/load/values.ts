import type { Recipe } from "../recipe.ts";

/** The values of a recipe, and whose turn it is. A rotating one is nobody else's until its answer came. */
export class Values {
  readonly #use: Recipe["use"];
  readonly #values: string[];
  /** Places of rotating values, longest rested first. */
  #resting: number[];
  #next = 0;

  constructor({ use, values }: Pick<Recipe, "use" | "values">) {
    this.#use = use;
    this.#values = [...values];
    this.#resting = use === "rotating" ? values.map((_, place) => place) : [];
  }

  get areSpent(): boolean {
    return this.#use === "once" && this.#next >= this.#values.length;
  }

  /** The place of the next value. */
  take(): number {
    if (this.#use === "turn") return this.#next++ % this.#values.length;
    if (this.#use !== "rotating") return this.#next++;
    const place = this.#resting[this.#next++];
    if (place === undefined) throw new Error("There are more connections than refresh tokens.");
    return place;
  }

  at(place: number): string {
    return this.#values[place] ?? "";
  }

  /** The answer's value takes the place of the one that earned it. */
  rotate(place: number, value: string): void {
    this.#values[place] = value;
    this.#resting.push(place);
    if (this.#next < 10_000) return;
    this.#resting = this.#resting.slice(this.#next);
    this.#next = 0;
  }

  /** What may still be used. */
  get left(): readonly string[] {
    return this.#use === "once" ? this.#values.slice(this.#next) : this.#values;
  }
}
