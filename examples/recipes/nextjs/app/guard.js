import { createGuard } from "@valetkey/resource";

export const guard = createGuard({
  issuer: process.env.ISSUER ?? "https://login.example",
  resource: process.env.RESOURCE ?? "https://app.example/api/notes",
  scopes: ["notes:read"],
});
