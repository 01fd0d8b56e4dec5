import { useSession } from "@valetkey/browser/react";
import { useState } from "react";
import { Activity } from "./activity/activity.tsx";
import { Ask } from "./ask/ask.tsx";
import type { Turn } from "./ask/turn.ts";
import { Frame } from "./frame.tsx";
import { Me } from "./me.tsx";
import { Refusal } from "./refusal/refusal.tsx";
import type { Settings } from "./settings.ts";
import { Start } from "./start.tsx";
import { Training } from "./training.tsx";
import { type Me as Caller, permissionOf, useMe } from "./use-me.ts";
import { useView, type View } from "./view.ts";

export function App({ settings }: { readonly settings: Settings }) {
  const session = useSession();
  const { me, error, again } = useMe(settings.api);
  const named = useView();
  // Here, so that a conversation outlives a look at another view.
  const [turns, setTurns] = useState<readonly Turn[]>([]);

  if (session.status === "signed-out") return <Start settings={settings} session={session} />;
  if (session.status === "starting" || (!me && !error))
    return <p className="waiting">Lantern is coming on.</p>;
  if (!me)
    return (
      <main className="alone">
        <Refusal error={error} me={undefined} retry={again} />
      </main>
    );
  const view = named ?? firstView(me);
  const common = { api: settings.api, me };
  return (
    <Frame view={view} me={me} account={session.account}>
      {view === "ask" && <Ask {...common} turns={turns} setTurns={setTurns} />}
      {view === "training" && <Training {...common} />}
      {view === "activity" && <Activity {...common} />}
      {view === "me" && <Me me={me} account={session.account} issuer={settings.issuer} />}
    </Frame>
  );
}

/** Where somebody begins: with what they may. */
function firstView(me: Caller): View {
  const mayOnlyAudit =
    !permissionOf(me, "inference:read")?.isAllowed && permissionOf(me, "audit:read")?.isAllowed;
  return mayOnlyAudit ? "activity" : "ask";
}
