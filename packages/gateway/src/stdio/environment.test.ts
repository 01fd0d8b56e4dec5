import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { childEnvironment, environmentFault } from "./environment.ts";

describe("the environment of a protected server", () => {
  const own = {
    PATH: "/bin",
    HOME: "/home/me",
    LANG: "() { :;}; reboot",
    DATABASE_URL: "postgres://secret",
    AWS_SECRET_ACCESS_KEY: "secret",
    NODE_OPTIONS: "--require=evil",
    VALETKEY_KEYS: "secret",
    HTTPS_PROXY: "http://user:secret@proxy",
  };

  it("has what every program needs, and nothing else of ours", () => {
    assert.deepEqual(childEnvironment(own, {}, {}), { PATH: "/bin", HOME: "/home/me" });
  });

  it("has the names of the files with further authorities", () => {
    const authorities = { NODE_EXTRA_CA_CERTS: "/ca.pem", SSL_CERT_FILE: "/all.pem", SSL_CERT_DIR: "/certs" };
    assert.deepEqual(childEnvironment({ ...own, ...authorities }, {}, {}), {
      PATH: "/bin",
      HOME: "/home/me",
      ...authorities,
    });
  });

  it("has what was given by name, but no variable of Valetkey", () => {
    const given = {
      DATABASE_URL: "postgres://files",
      VALETKEY_KEYS: "secret",
      Valetkey_Caller_Subject: "admin",
    };
    assert.deepEqual(childEnvironment(own, given, { VALETKEY_CALLER_SUBJECT: "ada" }), {
      PATH: "/bin",
      HOME: "/home/me",
      DATABASE_URL: "postgres://files",
      VALETKEY_CALLER_SUBJECT: "ada",
    });
  });

  for (const { name, fault } of [
    { name: "GITHUB_TOKEN", fault: undefined },
    { name: "VALETKEY_KEYS", fault: /never passed on/ },
    { name: "valetkey_keys", fault: /never passed on/ },
    { name: "1X", fault: /no name/ },
    { name: "A-B", fault: /no name/ },
    { name: "", fault: /no name/ },
  ]) {
    it(`says of ${JSON.stringify(name)} whether it is passed on`, () => {
      const said = environmentFault(name);
      if (fault === undefined) assert.equal(said, undefined);
      else assert.match(String(said), fault);
    });
  }
});
