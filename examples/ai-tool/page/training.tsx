import { useClient } from "@valetkey/browser/react";
import { type FormEvent, useState } from "react";
import { useDraft } from "./draft.ts";
import { ApiError } from "./refusal/api-error.ts";
import { Gate } from "./refusal/gate.tsx";
import { Refusal } from "./refusal/refusal.tsx";
import type { Me } from "./use-me.ts";

type Standing =
  | { readonly is: "writing" | "sending" }
  | { readonly is: "taken"; readonly title: string; readonly lines: number }
  | { readonly is: "refused"; readonly error: unknown };

export function Training({ api, me }: { readonly api: string; readonly me: Me }) {
  const client = useClient();
  const [title, setTitle] = useDraft("title");
  const [text, setText] = useDraft("examples");
  const [standing, setStanding] = useState<Standing>({ is: "writing" });
  const isWhole = title.trim() !== "" && text.trim() !== "";

  async function submit(event?: FormEvent): Promise<void> {
    event?.preventDefault();
    if (!isWhole) return;
    setStanding({ is: "sending" });
    try {
      const response = await client.fetch(`${api}/v1/training-data`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ title, text }),
      });
      if (!response.ok) throw await ApiError.of(response);
      setStanding({ is: "taken", ...(await response.json()) });
      setTitle("");
      setText("");
    } catch (error) {
      setStanding({ is: "refused", error });
    }
  }

  return (
    <div className="column page">
      <h1>Training data</h1>
      <p className="lead">
        Examples that the models learn from. Every set is kept with the name of who sent it.
      </p>
      <Gate scope="training:write" me={me}>
        <form className="card" onSubmit={submit}>
          <div className="field">
            <label htmlFor="title">Title</label>
            <input
              id="title"
              value={title}
              maxLength={80}
              autoComplete="off"
              required
              onChange={(event) => setTitle(event.target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor="examples">Examples</label>
            <textarea
              id="examples"
              rows={6}
              value={text}
              required
              aria-describedby="examples-hint"
              onChange={(event) => setText(event.target.value)}
            />
            <p className="hint" id="examples-hint">
              One in each line: a question, a tab or “=&gt;”, and the answer that it should get.
            </p>
          </div>
          <div className="actions">
            <button type="submit" className="button" disabled={standing.is === "sending"}>
              {standing.is === "sending" ? "Sending" : "Submit"}
            </button>
          </div>
        </form>
        {standing.is === "refused" && <Refusal error={standing.error} me={me} retry={submit} />}
        <p role="status" className={standing.is === "taken" ? "good" : "unseen"}>
          {standing.is === "taken" &&
            `Thank you. “${standing.title}” was taken: ${standing.lines} ${standing.lines === 1 ? "example" : "examples"}.`}
        </p>
      </Gate>
    </div>
  );
}
