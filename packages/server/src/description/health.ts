import type { PathDescription } from "./description.ts";
import { object, oneOf } from "./schema.ts";

const status = (value: string) => object({ status: oneOf("", [value]) }, ["status"]);

export const livez: PathDescription = {
  GET: {
    id: "livez",
    tag: "Operation",
    summary: "Whether the process answers",
    says: "For whoever restarts it. Answered under any host name.",
    isProbe: true,
    answers: [{ status: 200, says: "It does.", schema: status("live"), example: { status: "live" } }],
  },
};

export const readyz: PathDescription = {
  GET: {
    id: "readyz",
    tag: "Operation",
    summary: "Whether the process can serve",
    says: "Its database answers. For whoever sends it traffic. Answered under any host name.",
    isProbe: true,
    refuses: { temporarily_unavailable: ["server.failed"] },
    answers: [{ status: 200, says: "It can.", schema: status("ready"), example: { status: "ready" } }],
  },
};
