/**
 * Everything from npm that this recipe needs. It is installed once for all tests, in conformance/; in a project of your
 * own the lines end in "langchain", "@langchain/mcp-adapters" and "@langchain/core/...".
 */

export {
  BaseChatModel,
  type BindToolsInput,
} from "../../../conformance/node_modules/@langchain/core/dist/language_models/chat_models.js";
export {
  AIMessage,
  type BaseMessage,
  ToolMessage,
} from "../../../conformance/node_modules/@langchain/core/dist/messages/index.js";
export type { ChatResult } from "../../../conformance/node_modules/@langchain/core/dist/outputs.js";
export { MultiServerMCPClient } from "../../../conformance/node_modules/@langchain/mcp-adapters/dist/index.js";
export { createAgent } from "../../../conformance/node_modules/langchain/dist/agents/index.js";
