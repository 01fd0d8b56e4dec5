import { openApiDescription } from "./openapi-page.ts";
import { collectionOf } from "./postman/collection.ts";

/** docs/api/valetkey.postman_collection.json */
export async function postmanPage(): Promise<string> {
  return `${JSON.stringify(await collectionOf(openApiDescription()), null, 2)}\n`;
}
