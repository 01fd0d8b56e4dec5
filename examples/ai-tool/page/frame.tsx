import type { Account } from "@valetkey/browser";
import { useClient } from "@valetkey/browser/react";
import { type ReactNode, useEffect, useRef } from "react";
import { ActivityIcon, AskIcon, Mark, MeIcon, TrainingIcon } from "./icons.tsx";
import type { Me } from "./use-me.ts";
import type { View } from "./view.ts";

const places = [
  { view: "ask", name: "Ask", Icon: AskIcon },
  { view: "training", name: "Training", Icon: TrainingIcon },
  { view: "activity", name: "Activity", Icon: ActivityIcon },
  { view: "me", name: "My access", Icon: MeIcon },
] as const;

interface FrameProps {
  readonly view: View;
  readonly me: Me;
  readonly account: Account | undefined;
  readonly children: ReactNode;
}

/** What stands around every view: where one can go, and who one is. */
export function Frame({ view, me, account, children }: FrameProps) {
  const client = useClient();
  const label = places.find((place) => place.view === view)?.name;
  useEffect(() => {
    document.title = `${label} · Lantern`;
  }, [label]);
  const main = useRef<HTMLElement>(null);
  const name = account?.name ?? me.name ?? "You";
  return (
    <div className="frame">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header className="side">
        <p className="brand">
          <Mark /> Lantern
        </p>
        <nav aria-label="Main">
          <ul>
            {places.map(({ view: place, name: way, Icon }) => (
              <li key={place}>
                <a href={`#${place}`} aria-current={view === place ? "page" : undefined}>
                  <Icon />
                  <span>{way}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="who">
          <span className="avatar" aria-hidden="true">
            {initials(name)}
          </span>
          <span className="who-name">
            <strong>{name}</strong>
            <span>{me.roles.join(", ") || "no role yet"}</span>
          </span>
          <button type="button" className="text-button" onClick={() => client.signOut()}>
            Sign out
          </button>
        </div>
      </header>
      <main ref={main} className={`view view-${view}`} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

export function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join("")
    .toUpperCase();
}
