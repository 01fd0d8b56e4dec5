import { type Tool, toolsIn } from "@valetkey/protocol/mcp-tool";
import { type Message, member, type Params } from "../json-rpc.ts";
import type { Log } from "../log.ts";
import { type Child, type ChildCommand, startChild } from "./child.ts";
import { Conversation } from "./conversation.ts";

export interface ProcessOptions {
  readonly command: ChildCommand;
  readonly isForAll: boolean;
  readonly most: number;
  readonly mostOfOne: number;
  readonly patience: number;
  /** Milliseconds until its answer to `initialize`: `npx` may have to fetch it first. */
  readonly startPatience: number;
  readonly log: Log;
  /** @param isCrash whether nobody asked it to end */
  readonly onEnd: (reason: string, isCrash: boolean) => void;
}

/** Most pages of `tools/list` that are asked for. */
const mostPages = 100;

/** One running stdio MCP server, through its handshake, with the tools that it lists. */
export class ServerProcess {
  readonly conversation: Conversation;
  /** The server's answer to `initialize`. @throws Error in words when it does not come */
  readonly hello: Promise<Params>;
  readonly #child: Child;
  #tools: Promise<readonly Tool[]> | undefined;
  #isEnding = false;
  #reason: string | undefined;
  #onListChanged: ((method: string) => void) | undefined;

  constructor(options: ProcessOptions, introduction: Params) {
    let child: Child | undefined;
    this.conversation = new Conversation({
      isForAll: options.isForAll,
      most: options.most,
      mostOfOne: options.mostOfOne,
      patience: options.patience,
      send: (message: Message) => child?.send(message) ?? false,
      onNotification: ({ method }) => {
        if (method === "notifications/tools/list_changed") this.#tools = undefined;
        if (method.endsWith("/list_changed")) this.#onListChanged?.(method);
      },
    });
    const onEnd = (reason: string) => {
      this.#reason = reason;
      this.conversation.over("The server's process has ended.");
      options.onEnd(reason, !this.#isEnding);
    };
    child = startChild(
      options.command,
      options.log,
      (message) => {
        // Only a program that repeats what it reads asks this of its client.
        if ("method" in message && message.method === "initialize")
          this.conversation.over("It does not speak MCP: it sends back what it is sent");
        else this.conversation.hear(message);
      },
      (reason) => queueMicrotask(() => onEnd(reason)),
    );
    this.#child = child;
    this.hello = this.#greet(introduction, options.startPatience);
    // Whoever waits hears of it; nobody may be waiting.
    this.hello.catch(() => {});
  }

  /** Why the process is gone, once it is. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** The tools that the server lists now; asked anew after it says that they changed. */
  tools(): Promise<readonly Tool[]> {
    this.#tools ??= this.#list().catch((thrown) => {
      this.#tools = undefined;
      throw thrown;
    });
    return this.#tools;
  }

  onListChanged(listener: (method: string) => void): void {
    this.#onListChanged = listener;
  }

  end(): Promise<void> {
    this.#isEnding = true;
    this.conversation.over("The server's process was ended.");
    return this.#child.end();
  }

  async #greet(introduction: Params, patience: number): Promise<Params> {
    const late = setTimeout(() => {
      this.conversation.over("The server did not answer in time.");
      void this.#child.end();
    }, patience);
    try {
      const hello = await this.conversation.ask("initialize", introduction);
      this.#child.send({ jsonrpc: "2.0", method: "notifications/initialized" });
      return hello;
    } finally {
      clearTimeout(late);
    }
  }

  async #list(): Promise<readonly Tool[]> {
    if (member(member(await this.hello, "capabilities"), "tools") === undefined) return [];
    const tools: Tool[] = [];
    let cursor: unknown;
    for (let page = 0; page < mostPages; page++) {
      const result = await this.conversation.ask("tools/list", cursor === undefined ? {} : { cursor });
      tools.push(...toolsIn(result));
      cursor = member(result, "nextCursor");
      if (typeof cursor !== "string") return tools;
    }
    return tools;
  }
}
