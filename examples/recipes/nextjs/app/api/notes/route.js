import { protect } from "@valetkey/resource/next";
import { guard } from "../../guard.js";

const notes = new Map();
const notesOf = ({ subject }) => notes.get(subject) ?? [];

export const GET = protect((_request, caller) => Response.json(notesOf(caller)), guard, {
  needed: ["notes:read"],
});

export const POST = protect(
  async (request, caller) => {
    const { text } = await request.json();
    notes.set(caller.subject, [...notesOf(caller), String(text)]);
    return Response.json(notesOf(caller), { status: 201 });
  },
  guard,
  { needed: ["notes:write"] },
);
