import { useSyncExternalStore } from "react";

export const views = ["ask", "training", "activity", "me"] as const;
export type View = (typeof views)[number];

/** Which view the address names: what stands after its `#`. */
export function useView(): View | undefined {
  return useSyncExternalStore(subscribe, () => views.find((view) => location.hash === `#${view}`));
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  addEventListener("popstate", listener);
  return () => {
    removeEventListener("hashchange", listener);
    removeEventListener("popstate", listener);
  };
}
