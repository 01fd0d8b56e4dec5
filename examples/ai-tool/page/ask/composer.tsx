import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { SendIcon, StopIcon } from "../icons.tsx";
import { type Me, permissionOf } from "../use-me.ts";
import type { Turn } from "./turn.ts";

interface ComposerProps {
  readonly draft: string;
  setDraft(text: string): void;
  put(question: string, by: Turn["by"]): void;
  stop(): void;
  readonly isBusy: boolean;
  readonly me: Me;
}

export function Composer({ draft, setDraft, put, stop, isBusy, me }: ComposerProps) {
  const [by, setBy] = useState<Turn["by"]>("model");
  const field = useRef<HTMLTextAreaElement>(null);
  const isAllowed = permissionOf(me, "inference:read")?.isAllowed ?? false;
  const canSend = draft.trim() !== "" && !isBusy && isAllowed;

  // biome-ignore lint/correctness/useExhaustiveDependencies: it grows with what is written
  useEffect(() => {
    const { current } = field;
    if (!current) return;
    current.style.height = "auto";
    current.style.height = `${Math.min(current.scrollHeight, 200)}px`;
  }, [draft]);

  function send(): void {
    if (canSend) put(draft.trim(), by);
  }

  function keyed(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  if (!isAllowed) return null;
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="column composer-box">
        <label className="unseen" htmlFor="question">
          Your question
        </label>
        <textarea
          id="question"
          ref={field}
          rows={1}
          value={draft}
          placeholder={by === "agent" ? "Give the agent a task" : "Ask anything"}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={keyed}
        />
        <div className="composer-row">
          <fieldset className="choice">
            <legend className="unseen">Who answers</legend>
            <Choice value="model" label="Model" by={by} setBy={setBy} />
            <Choice value="agent" label="Research agent" by={by} setBy={setBy} />
          </fieldset>
          {isBusy ? (
            <button type="button" className="round" onClick={stop} aria-label="Stop">
              <StopIcon />
            </button>
          ) : (
            <button type="submit" className="round" disabled={!canSend} aria-label="Send">
              <SendIcon />
            </button>
          )}
        </div>
      </div>
    </form>
  );
}

interface ChoiceProps {
  readonly value: Turn["by"];
  readonly label: string;
  readonly by: Turn["by"];
  setBy(by: Turn["by"]): void;
}

function Choice({ value, label, by, setBy }: ChoiceProps) {
  return (
    <label>
      <input type="radio" name="by" checked={by === value} onChange={() => setBy(value)} />
      <span>{label}</span>
    </label>
  );
}
