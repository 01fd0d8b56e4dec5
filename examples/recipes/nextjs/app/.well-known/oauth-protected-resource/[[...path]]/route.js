import { metadata } from "@valetkey/resource/next";
import { guard } from "../../../guard.js";

export const GET = metadata(guard);
