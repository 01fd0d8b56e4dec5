import { useEffect, useRef } from "react";
import { useDraft } from "../draft.ts";
import { Gate } from "../refusal/gate.tsx";
import { Refusal } from "../refusal/refusal.tsx";
import { type Me, permissionOf } from "../use-me.ts";
import { Composer } from "./composer.tsx";
import { Conversation } from "./conversation.tsx";
import type { Turn } from "./turn.ts";
import { useAsking } from "./use-asking.ts";

const ideas = ["Plan a calm week for the team", "What is PKCE?", "What is 12 * 34?", "Write a haiku"];

interface AskProps {
  readonly api: string;
  readonly me: Me;
  readonly turns: readonly Turn[];
  setTurns(change: (turns: readonly Turn[]) => readonly Turn[]): void;
}

export function Ask({ api, me, turns, setTurns }: AskProps) {
  const { ask, stop, isBusy, error } = useAsking(api, turns, setTurns);
  const isAllowed = permissionOf(me, "inference:read")?.isAllowed;
  const first = me.name?.split(" ")[0];
  const [draft, setDraft] = useDraft("question");
  const end = useRef<HTMLDivElement>(null);
  const length = turns.at(-1)?.answer.length ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the new words that scroll
  useEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
  }, [turns.length, length]);

  async function put(question: string, by: Turn["by"] = "model"): Promise<void> {
    setDraft("");
    if (!(await ask(question, by))) setDraft(question);
  }

  return (
    <>
      <div className="talk">
        <div className="column">
          {turns.length > 0 && <h1 className="unseen">Your conversation</h1>}
          {turns.length === 0 && (
            <div className="greeting">
              <h1>{isAllowed ? `What shall we look at${first ? `, ${first}` : ""}?` : "Ask the models"}</h1>
              <Gate scope="inference:read" me={me}>
                <ul className="ideas">
                  {ideas.map((idea) => (
                    <li key={idea}>
                      <button type="button" onClick={() => put(idea)} disabled={isBusy}>
                        {idea}
                      </button>
                    </li>
                  ))}
                </ul>
              </Gate>
            </div>
          )}
          <Conversation turns={turns} name={me.name ?? "You"} />
          {error !== undefined && <Refusal error={error} me={me} retry={() => draft && put(draft)} />}
          <div ref={end} />
        </div>
      </div>
      <Composer draft={draft} setDraft={setDraft} put={put} stop={stop} isBusy={isBusy} me={me} />
    </>
  );
}
