import { json } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import type { Listener } from "../door.ts";
import { answerTo } from "./rules.ts";

interface Asked {
  readonly model?: string;
  readonly stream?: boolean;
  readonly messages?: readonly { readonly role: string; readonly content: string }[];
}

const model = "lantern-small";

/**
 * An OpenAI-compatible model server, as far as a chat goes. It answers by rule; `--model-url` puts a real one in its place.
 * @param pauseMs after each word
 */
export function modelServer(pauseMs = 25): Listener {
  return async (incoming, outgoing) => {
    const route = `${incoming.method} ${incoming.url}`;
    if (route === "GET /v1/models")
      return sendJson(200, { object: "list", data: [{ id: model, object: "model", owned_by: "lantern" }] });
    if (route !== "POST /v1/chat/completions") return sendJson(404, failure("No such endpoint."));
    const { messages = [], stream } = (await json(incoming).catch(() => ({}))) as Asked;
    const question = messages.findLast(({ role }) => role === "user")?.content;
    if (typeof question !== "string") return sendJson(400, failure("There is no question in it."));
    const words = answerTo(question).split(/(?<=\s)/);
    const facts = { id: `chatcmpl-${Date.now()}`, created: Math.floor(Date.now() / 1000), model };
    if (!stream) {
      const message = { role: "assistant", content: words.join("") };
      const choices = [{ index: 0, message, finish_reason: "stop" }];
      return sendJson(200, { ...facts, object: "chat.completion", choices });
    }
    outgoing.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    const chunk = (delta: object, finish_reason: string | null) => {
      const choices = [{ index: 0, delta, finish_reason }];
      outgoing.write(`data: ${JSON.stringify({ ...facts, object: "chat.completion.chunk", choices })}\n\n`);
    };
    for (const content of words) {
      if (outgoing.destroyed) return; // whoever asked has heard enough
      chunk({ content }, null);
      await pause(pauseMs);
    }
    chunk({}, "stop");
    outgoing.end("data: [DONE]\n\n");

    function sendJson(status: number, body: object): void {
      outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    }
  };
}

function failure(message: string) {
  return { error: { message, type: "invalid_request_error" } };
}
