import assert from "node:assert/strict";
import { describe } from "node:test";
import { spec } from "../testing/spec.ts";
import { nextStep } from "./next-step.ts";

const standing = {
  prompt: [],
  maxAge: undefined,
  isStrong: true,
  authenticatedAt: 100,
  signedInHere: false,
  isCovered: true,
  isProven: true,
};

describe("the next page", () => {
  spec(
    "SU-01",
    "is the sign-in for who is signed in less strongly than asked, and an error under prompt=none",
    () => {
      assert.equal(nextStep(standing, 100), "finish");
      const weak = { ...standing, isStrong: false };
      assert.equal(nextStep(weak, 100), "sign-in");
      assert.equal(nextStep({ ...weak, signedInHere: true }, 100), "sign-in");
      assert.throws(() => nextStep({ ...weak, prompt: ["none"] }, 100), { refusal: "login.required" });
    },
  );
});
