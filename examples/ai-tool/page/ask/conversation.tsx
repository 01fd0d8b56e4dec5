import { Mark } from "../icons.tsx";
import type { Turn } from "./turn.ts";

export function Conversation({ turns, name }: { readonly turns: readonly Turn[]; readonly name: string }) {
  const last = turns.at(-1);
  return (
    <>
      <ol className="turns">
        {turns.map((turn) => (
          <li key={turn.id}>
            <p className="question">
              <span className="unseen">You asked: </span>
              {turn.question}
            </p>
            <Answer turn={turn} name={name} />
          </li>
        ))}
      </ol>
      {/* Read out once an answer is whole, and not word by word. */}
      <p className="unseen" role="status">
        {last?.state === "done" && `The answer: ${last.answer}`}
        {last?.state === "stopped" && "Stopped."}
      </p>
    </>
  );
}

function Answer({ turn, name }: { readonly turn: Turn; readonly name: string }) {
  const { by, state, answer, doubts } = turn;
  return (
    <div className="answer" aria-busy={state === "waiting" || state === "streaming"}>
      <span className="answer-mark">
        <Mark />
      </span>
      <div className="answer-words">
        {by === "agent" && <p className="for">Research agent, for {name}</p>}
        {state === "waiting" && (
          <p className="thinking">{by === "agent" ? "The agent is at work" : "Thinking"}</p>
        )}
        {answer && <p className="words">{answer}</p>}
        {doubts && (
          <div className="doubts">
            <h3>It then looked for what is wrong with that</h3>
            <p className="words">{doubts}</p>
          </div>
        )}
        {state === "stopped" && <p className="for">You stopped it here.</p>}
      </div>
    </div>
  );
}
