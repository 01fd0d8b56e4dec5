import { useClient } from "@valetkey/browser/react";
import { useRef, useState } from "react";
import { ApiError } from "../refusal/api-error.ts";
import { wordsOf } from "./stream.ts";
import type { Turn } from "./turn.ts";

type SetTurns = (change: (turns: readonly Turn[]) => readonly Turn[]) => void;

/** Asks the model or the agent. A refused question leaves no turn behind, so that it can be put again. */
export function useAsking(api: string, turns: readonly Turn[], setTurns: SetTurns) {
  const client = useClient();
  const stopping = useRef<AbortController>(undefined);
  const [error, setError] = useState<unknown>();
  const isBusy = turns.some(({ state }) => state === "waiting" || state === "streaming");

  async function ask(question: string, by: Turn["by"]): Promise<boolean> {
    const id = crypto.randomUUID();
    const change = (what: Partial<Turn> | ((turn: Turn) => Partial<Turn>)) =>
      setTurns((all) =>
        all.map((turn) =>
          turn.id === id ? { ...turn, ...(typeof what === "function" ? what(turn) : what) } : turn,
        ),
      );
    const stop = new AbortController();
    stopping.current = stop;
    setError(undefined);
    setTurns((all) => [...all, { id, question, by, answer: "", state: "waiting" }]);
    try {
      const response = await send(question, by, stop.signal);
      if (!response.ok) throw await ApiError.of(response);
      if (by === "agent") change({ ...(await response.json()), state: "done" });
      else {
        for await (const word of wordsOf(response))
          change(({ answer }) => ({ answer: answer + word, state: "streaming" }));
        change({ state: "done" });
      }
      return true;
    } catch (thrown) {
      if (stop.signal.aborted) {
        change({ state: "stopped" });
        return true;
      }
      setTurns((all) => all.filter((turn) => turn.id !== id));
      setError(thrown);
      return false;
    }
  }

  function send(question: string, by: Turn["by"], signal: AbortSignal): Promise<Response> {
    const post = (path: string, body: object) =>
      client.fetch(api + path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal,
      });
    if (by === "agent") return post("/v1/agent/tasks", { question });
    const before = turns.flatMap((turn) => [
      { role: "user", content: turn.question },
      { role: "assistant", content: turn.answer },
    ]);
    const messages = [...before, { role: "user", content: question }];
    return post("/v1/chat/completions", { model: "lantern-small", stream: true, messages });
  }

  return { ask, stop: () => stopping.current?.abort(), isBusy, error };
}
