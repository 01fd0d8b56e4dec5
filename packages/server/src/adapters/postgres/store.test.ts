import { postgresPlace } from "../contract/postgres-place.ts";
import { storeContract } from "../store.contract.ts";

storeContract("postgres", () => postgresPlace());
