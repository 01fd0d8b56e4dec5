import { useState } from "react";

/** What is being written, kept for this tab: a sign-in on the way must not cost anybody their words. */
export function useDraft(name: string): readonly [string, (text: string) => void] {
  const key = `lantern draft ${name}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? "");
  return [
    text,
    (next) => {
      setText(next);
      if (next) sessionStorage.setItem(key, next);
      else sessionStorage.removeItem(key);
    },
  ];
}
