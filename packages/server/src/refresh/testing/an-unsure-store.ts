import { type Store, StoreUnavailable } from "../../ports/store.ts";

/** A store that can lose the answer of a rotation that is committed, as a crash or a broken connection would. */
export interface UnsureStore {
  readonly store: Store;
  /** From now on, or no more: the next rotation commits and then fails. */
  loseNext(isLosing: boolean): void;
}

export function anUnsureStore(inner: Store): UnsureStore {
  let isLosing = false;
  const rotate: typeof inner.lineages.rotate = async (seen, rotation) => {
    const moved = await inner.lineages.rotate(seen, rotation);
    if (!isLosing) return moved;
    isLosing = false;
    throw new StoreUnavailable(new Error("The connection broke after the commit."));
  };
  return {
    store: { ...inner, lineages: { ...inner.lineages, rotate } },
    loseNext(isWanted) {
      isLosing = isWanted;
    },
  };
}
