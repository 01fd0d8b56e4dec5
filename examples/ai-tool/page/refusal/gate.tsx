import { useClient } from "@valetkey/browser/react";
import type { ReactNode } from "react";
import { type Me, permissionOf } from "../use-me.ts";
import { ofScope } from "./explain.ts";
import { RefusalCard } from "./refusal.tsx";

interface GateProps {
  readonly scope: string;
  readonly me: Me;
  readonly children: ReactNode;
}

/** Says at once that a role is missing, so that nobody writes something first that is refused then. The API decides. */
export function Gate({ scope, me, children }: GateProps) {
  const client = useClient();
  if (permissionOf(me, scope)?.isAllowed) return children;
  const { action, ...said } = ofScope([scope], me);
  const act = () => client.signIn({ scopes: [scope] });
  return <RefusalCard {...said} {...(action && { action: { label: action.label, act } })} />;
}
