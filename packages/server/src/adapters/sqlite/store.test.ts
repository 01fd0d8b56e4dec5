import { sqlitePlace } from "../contract/sqlite-place.ts";
import { storeContract } from "../store.contract.ts";

storeContract("sqlite", () => sqlitePlace());
