import { useState } from "react";
import { Gate } from "../refusal/gate.tsx";
import { Refusal } from "../refusal/refusal.tsx";
import type { Me } from "../use-me.ts";
import { type Deed, kindOf } from "./deed.ts";
import { Deeds } from "./deeds.tsx";
import { useDeeds } from "./use-deeds.ts";

const kinds = [
  { kind: "all", label: "All" },
  { kind: "person", label: "People" },
  { kind: "agent", label: "Agents" },
  { kind: "job", label: "Jobs" },
] as const;

export function Activity({ api, me }: { readonly api: string; readonly me: Me }) {
  return (
    <div className="wide page">
      <h1>Activity</h1>
      <p className="lead">Who did what, newest first. Nobody can change or remove a line.</p>
      <Gate scope="audit:read" me={me}>
        <Log api={api} me={me} />
      </Gate>
    </div>
  );
}

function Log({ api, me }: { readonly api: string; readonly me: Me }) {
  const { deeds, error, look, isLooking } = useDeeds(api);
  const [kind, setKind] = useState<(typeof kinds)[number]["kind"]>("all");
  if (error !== undefined) return <Refusal error={error} me={me} retry={look} />;
  const shown = deeds?.filter((deed: Deed) => kind === "all" || kindOf(deed) === kind);
  return (
    <>
      <div className="bar">
        <fieldset className="choice">
          <legend className="unseen">Whose</legend>
          {kinds.map(({ kind: one, label }) => (
            <label key={one}>
              <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <button type="button" className="text-button" onClick={look} disabled={isLooking}>
          Refresh
        </button>
      </div>
      {shown && <Deeds deeds={shown} />}
    </>
  );
}
