import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Id, Message, Request } from "../json-rpc.ts";
import { Conversation, type ConversationOptions } from "./conversation.ts";
import type { Party } from "./party.ts";

class AParty implements Party {
  readonly heard: { message: Message; related: Id | undefined }[] = [];
  closed = 0;
  readonly person: string;
  constructor(person = "ann") {
    this.person = person;
  }
  canAnswer = (method: string) => method === "elicitation/create";
  deliver(message: Message, related?: Id): void {
    this.heard.push({ message, related });
  }
  close(): void {
    this.closed++;
  }
}

function aConversation(options: Partial<ConversationOptions> = {}) {
  const sent: Message[] = [];
  const conversation = new Conversation({
    isForAll: false,
    most: 3,
    mostOfOne: 9,
    patience: 60_000,
    send: (message) => sent.push(message) > 0,
    onNotification: () => {},
    ...options,
  });
  const parties = [new AParty(), new AParty()] as const;
  for (const party of parties) conversation.join(party);
  return { conversation, sent, parties };
}

const request = (id: Id, method: string, params: Record<string, unknown> = {}): Request => ({
  jsonrpc: "2.0",
  id,
  method,
  params,
});
const notification = (method: string, params = {}): Message => ({ jsonrpc: "2.0", method, params });
const result = (id: Id, said: string): Message => ({ jsonrpc: "2.0", id, result: { said } });

describe("a conversation", () => {
  it("brings each answer to the party that asked, though all chose one id", () => {
    const { conversation, sent, parties } = aConversation();
    for (const party of parties) conversation.say(party, request(1, "tools/list"));
    const [first, second] = sent as Request[];
    assert.ok(first && second && first.id !== second.id);
    conversation.hear(result(second.id, "for the second"));
    conversation.hear(result(first.id, "for the first"));
    conversation.hear(result(first.id, "twice"));
    conversation.hear(result("1", "an id that nobody has"));
    assert.deepEqual(
      parties.map(({ heard }) => heard),
      [
        [{ message: result(1, "for the first"), related: 1 }],
        [{ message: result(1, "for the second"), related: 1 }],
      ],
    );
  });

  it("brings progress to the party that asked for it, and to none that did not", () => {
    const { conversation, sent, parties } = aConversation();
    for (const party of parties)
      conversation.say(party, request(1, "x", { _meta: { progressToken: "t", more: 1 } }));
    conversation.say(parties[0], request(2, "x"));
    const [, second, silent] = sent as Request[];
    assert.deepEqual(second?.params, { _meta: { progressToken: second?.id, more: 1 } });
    for (const progressToken of [second?.id, silent?.id, "t", "__proto__", { a: 1 }]) {
      conversation.hear(notification("notifications/progress", { progressToken, progress: 1 }));
    }
    assert.deepEqual(parties[0].heard, []);
    assert.deepEqual(parties[1].heard, [
      { message: notification("notifications/progress", { progressToken: "t", progress: 1 }), related: 1 },
    ]);
  });

  it("lets a party cancel its own request, and nobody else's", () => {
    const { conversation, sent, parties } = aConversation();
    conversation.say(parties[0], request(7, "x"));
    const [own] = sent as Request[];
    for (const requestId of [own?.id, 7, "7"]) {
      conversation.say(parties[1], notification("notifications/cancelled", { requestId }));
    }
    assert.equal(sent.length, 1);
    conversation.say(parties[0], notification("notifications/cancelled", { requestId: 7, reason: "enough" }));
    assert.deepEqual(
      sent[1],
      notification("notifications/cancelled", { requestId: own?.id, reason: "enough" }),
    );
    assert.equal(conversation.underWay, 0);
  });

  it("cancels what a party that leaves waited for, and refuses what it was asked", () => {
    const { conversation, sent, parties } = aConversation();
    conversation.say(parties[0], request(7, "x"));
    conversation.hear(request("q", "elicitation/create"));
    assert.deepEqual(parties[0].heard, [{ message: request("q", "elicitation/create"), related: 7 }]);
    conversation.leave(parties[0]);
    assert.deepEqual(
      sent.slice(1).map((message) => ("method" in message ? message.method : message.error?.message)),
      ["notifications/cancelled", "The client left."],
    );
    conversation.say(parties[0], result("q", "too late"));
    assert.equal(sent.length, 3);
  });

  it("takes an answer to the server's question once, from the party that it was put to", () => {
    const { conversation, sent, parties } = aConversation();
    conversation.hear(request("q", "elicitation/create"));
    assert.deepEqual(parties[1].heard, [{ message: request("q", "elicitation/create"), related: undefined }]);
    conversation.say(parties[0], result("q", "forged"));
    conversation.say(parties[1], result("q", "true"));
    conversation.say(parties[1], result("q", "again"));
    assert.deepEqual(sent, [result("q", "true")]);
  });

  it("refuses the server what no client here can do, and answers its ping", () => {
    const { conversation, sent } = aConversation();
    for (const method of ["roots/list", "sampling/createMessage", "ping"])
      conversation.hear(request(1, method));
    assert.deepEqual(
      sent.map((message) => ("error" in message ? message.error?.code : "fine")),
      [-32601, -32601, "fine"],
    );
  });

  it("keeps a bound on what waits for the server, in both directions", () => {
    const { conversation, sent, parties } = aConversation();
    for (let id = 1; id <= 4; id++) conversation.say(parties[0], request(id, "x"));
    assert.equal(sent.length, 3);
    assert.deepEqual(
      parties[0].heard.map(({ message }) => "error" in message && message.error?.message),
      ["Too many requests wait for the server."],
    );
    for (let id = 1; id <= 4; id++) conversation.hear(request(`q${id}`, "elicitation/create"));
    assert.equal(
      (sent.at(-1) as { error?: { message: string } }).error?.message,
      "Too many questions wait for an answer.",
    );
  });

  it("keeps a place for others, however many requests of one person wait, and one for the gateway's own", async () => {
    const { conversation, sent } = aConversation({ isForAll: true, most: 5, mostOfOne: 2 });
    const [first, second, other, third] = ["ann", "ann", "bob", "cy"].map((person) => new AParty(person)) as [
      AParty,
      AParty,
      AParty,
      AParty,
    ];
    const refusals = ({ heard }: AParty) =>
      heard.map(({ message }) => "error" in message && message.error?.message);
    for (const party of [first, second, first, second]) conversation.say(party, request(sent.length, "x"));
    assert.deepEqual(
      [refusals(first), refusals(second)],
      [
        ["Too many of your requests wait for the server."],
        ["Too many of your requests wait for the server."],
      ],
    );
    for (const party of [other, other, third, third]) conversation.say(party, request(sent.length, "x"));
    assert.deepEqual([refusals(other), refusals(third)], [[], ["Too many requests wait for the server."]]);
    const tools = conversation.ask("tools/list", {});
    conversation.hear({ jsonrpc: "2.0", id: (sent.at(-1) as Request).id, result: { tools: [] } });
    assert.deepEqual(await tools, { tools: [] });
    conversation.hear(result((sent[0] as Request).id, "done"));
    conversation.say(second, request(9, "x"));
    assert.equal(refusals(second).length, 1, "an answer gives the place back");
    assert.equal((sent.at(-1) as Request).method, "x");
  });

  it("says so when the server does not read", () => {
    const { conversation, parties } = aConversation({ send: () => false });
    conversation.say(parties[0], request(1, "x"));
    assert.equal(conversation.underWay, 0);
    assert.equal(parties[0].heard.length, 1);
  });

  it("answers everything and tells everybody once it is over", () => {
    const { conversation, parties } = aConversation();
    conversation.say(parties[0], request(1, "x"));
    conversation.over("It ended.");
    conversation.over("It ended twice.");
    conversation.say(parties[1], request(2, "x"));
    const late = new AParty();
    conversation.join(late);
    assert.deepEqual(
      [...parties, late].map(({ heard, closed }) => [
        heard.map(({ message }) => "error" in message && message.error?.message),
        closed,
      ]),
      [
        [["It ended."], 1],
        [["The server's process has ended."], 1],
        [[], 1],
      ],
    );
  });

  it("of many callers spreads only that something changed", () => {
    const { conversation, sent, parties } = aConversation({ isForAll: true });
    for (const method of [
      "notifications/message",
      "notifications/resources/updated",
      "notifications/tools/list_changed",
      "notifications/tasks/status",
      "notifications/tools/list_changed/x",
    ]) {
      conversation.hear(notification(method));
    }
    for (const { heard } of parties) {
      assert.deepEqual(heard, [
        { message: notification("notifications/tools/list_changed"), related: undefined },
      ]);
    }
    conversation.say(parties[0], notification("notifications/roots/list_changed"));
    assert.deepEqual(sent, []);
  });
});
