import { SignInError } from "@valetkey/browser";
import { useClient } from "@valetkey/browser/react";
import { useEffect, useRef } from "react";
import { KeyIcon } from "../icons.tsx";
import type { Me } from "../use-me.ts";
import { type Explanation, explain } from "./explain.ts";

interface RefusalProps {
  readonly error: unknown;
  readonly me: Me | undefined;
  retry?(): void;
}

/** Something was refused: why, and what can be done about it. */
export function Refusal({ error, me, retry }: RefusalProps) {
  const client = useClient();
  const { action, ...said } = explain(error, me);
  const stepUp = error instanceof SignInError ? error.stepUp : undefined;
  const act = () => (action?.does === "retry" ? retry?.() : client.signIn({ stepUp }));
  const isShown = action && (action.does !== "retry" || retry);
  return <RefusalCard {...said} {...(isShown && { action: { label: action.label, act } })} isNews />;
}

interface RefusalCardProps extends Omit<Explanation, "action"> {
  readonly action?: { readonly label: string; act(): void };
  /** It came of what the person just did, so that it is read out and seen. */
  readonly isNews?: boolean;
}

export function RefusalCard({ title, text, help, action, fact, isNews = false }: RefusalCardProps) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isNews) card.current?.scrollIntoView({ block: "nearest" });
  }, [isNews]);
  return (
    <section className="refusal" role={isNews ? "alert" : undefined} ref={card}>
      <span className="refusal-mark">
        <KeyIcon />
      </span>
      <div className="refusal-words">
        <h2>{title}</h2>
        <p>{text}</p>
        {fact && (
          <p className="fact">
            <code>{fact}</code>
          </p>
        )}
        {(help || action) && (
          <div className="actions">
            {help && (
              <a
                className="button"
                href={`mailto:${help.person.email}?subject=${encodeURIComponent(help.about)}`}
              >
                Write to {help.person.name}
              </a>
            )}
            {action && (
              <button type="button" className={help ? "button quiet" : "button"} onClick={action.act}>
                {action.label}
              </button>
            )}
          </div>
        )}
      </div>
    </section>
  );
}
