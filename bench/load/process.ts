import { answerCalls } from "../call.ts";
import { generate } from "./generator.ts";

answerCalls({ generate });
