import type { Guard } from "@valetkey/resource";
import { protect } from "@valetkey/resource/fetch";

/** A small API as an internal tool has it: asking a model needs one scope, submitting training data another. */
export function modelsApi(guard: Guard): (request: Request) => Promise<Response> {
  return protect(
    async (request, caller) => {
      const { pathname } = new URL(request.url);
      const route = `${request.method} ${pathname}`;
      if (route === "GET /v1/models")
        return Response.json({ object: "list", data: [{ id: "echo", object: "model" }] });
      if (route === "POST /v1/training-data")
        return Response.json({ accepted: true, by: caller.subject }, { status: 202 });
      return Response.json({ error: "not_found" }, { status: 404 });
    },
    guard,
    {
      needed: (request) =>
        new URL(request.url).pathname === "/v1/training-data" ? ["training:write"] : ["inference:read"],
    },
  );
}
