import { AIMessage, BaseChatModel, type BaseMessage, type ChatResult, ToolMessage } from "./packages.ts";

/** A word of the script: a tool to call, or what to say from what was heard last. */
export type Line =
  | { readonly tool: string; readonly args: Readonly<Record<string, unknown>> }
  | { readonly answer: (heard: string) => string };

/** In the place of a real model, so that the recipe needs no network and always goes the same way. */
export class ScriptedModel extends BaseChatModel {
  readonly #lines: readonly Line[];
  #next = 0;

  constructor(lines: readonly Line[]) {
    super({});
    this.#lines = lines;
  }

  override _llmType(): string {
    return "scripted";
  }

  override bindTools(): this {
    return this;
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const line = this.#lines[this.#next++];
    if (!line) throw new Error("The script is over.");
    const last = messages.at(-1);
    const heard = last instanceof ToolMessage ? last.text : "";
    const message =
      "tool" in line
        ? new AIMessage({
            content: "",
            tool_calls: [{ id: `call-${this.#next}`, name: line.tool, args: { ...line.args } }],
          })
        : new AIMessage(line.answer(heard));
    return { generations: [{ message, text: message.text }] };
  }
}
