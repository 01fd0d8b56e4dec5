import { randomBytes } from "node:crypto";
import {
  acceptedContent,
  createRequestStateCodec,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { subjectOf } from "./caller.ts";
import { said } from "./content.ts";
import { askModel, askName } from "./input-required-tools.ts";

/** What travels through the client between two rounds: signed, and for the same person only. */
export const rounds = createRequestStateCodec<{ readonly name?: string }>({
  key: randomBytes(32),
  bind: ({ http }) => subjectOf(http?.authInfo),
});

/** Tools that need several rounds and remember the earlier ones in `requestState`. */
export function roundTripTools(server: McpServer): void {
  for (const name of [
    "test_input_required_result_request_state",
    "test_input_required_result_tampered_state",
  ])
    server.registerTool(name, { description: "Wants a confirmation and its own state back." }, confirmed);
  server.registerTool(
    "test_input_required_result_multiple_inputs",
    { description: "Asks the person, the model and for roots, at once." },
    async (context) => {
      const { inputResponses } = context.mcpReq;
      const given = ["user_name", "greeting", "client_roots"].map((key) =>
        inputResponse(inputResponses, key),
      );
      if (given.every(({ kind }) => kind !== "missing")) return said("Everything was answered.");
      return inputRequired({
        inputRequests: {
          user_name: askName("What is your name?"),
          greeting: askModel("Generate a greeting"),
          client_roots: inputRequired.listRoots(),
        },
        requestState: await rounds.mint({}, context),
      });
    },
  );
  server.registerTool("test_input_required_result_multi_round", { description: "Asks twice." }, twice);
}

async function confirmed(context: ServerContext) {
  const given = acceptedContent(context.mcpReq.inputResponses, "confirm", z.object({ ok: z.boolean() }));
  // The state that arrives was verified before this runs (ServerOptions.requestState).
  if (given && context.mcpReq.requestState()) return said("state-ok");
  const confirm = inputRequired.elicit({
    message: "Please confirm",
    requestedSchema: z.object({ ok: z.boolean() }),
  });
  return inputRequired({ inputRequests: { confirm }, requestState: await rounds.mint({}, context) });
}

async function twice(context: ServerContext) {
  const { inputResponses, requestState } = context.mcpReq;
  const name =
    requestState<{ name?: string }>()?.name ??
    acceptedContent(inputResponses, "step1", z.object({ name: z.string() }))?.name;
  if (name === undefined)
    return inputRequired({
      inputRequests: { step1: askName("Step 1: What is your name?") },
      requestState: await rounds.mint({}, context),
    });
  const asked = z.object({ color: z.string() });
  const second = acceptedContent(inputResponses, "step2", asked);
  if (second) return said(`${name} likes ${second.color}.`);
  const step2 = inputRequired.elicit({
    message: "Step 2: What is your favorite color?",
    requestedSchema: asked,
  });
  return inputRequired({ inputRequests: { step2 }, requestState: await rounds.mint({ name }, context) });
}
