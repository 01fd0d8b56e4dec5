import { createRequire } from "node:module";

/**
 * Resolves packages that only the tests use. They live in `conformance/` with a lock file of their own, so that a
 * user's install stays small; the gate installs them.
 */
export const foreign = createRequire(new URL("../../../../conformance/package.json", import.meta.url));
