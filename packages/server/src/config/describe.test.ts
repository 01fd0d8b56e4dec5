import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse } from "yaml";
import { commentedYaml, settings, settingsJsonSchema, settingsMarkdown } from "./describe.ts";
import { loadConfig } from "./load.ts";
import { Config } from "./schema.ts";

const issuer = "https://auth.example.com";

/** What a setting cannot be without. */
const companions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "mail.smtp": { VALETKEY_MAIL__FROM: "a@example.com", VALETKEY_MAIL__PASSWORD: "x" },
  "mail.password": { VALETKEY_MAIL__FROM: "a@example.com", VALETKEY_MAIL__SMTP: "smtp://x@mail.example" },
  "mail.password_file": {
    VALETKEY_MAIL__FROM: "a@example.com",
    VALETKEY_MAIL__SMTP: "smtp://x@mail.example",
  },
};

function at(config: object, name: string): unknown {
  return name.split(".").reduce<unknown>((group, part) => (group as Record<string, unknown>)[part], config);
}

describe("description of the settings", () => {
  it("names every setting of the schema once, with its sentence, default and variable", () => {
    const leaves = leavesOf(Config.parse({ issuer }));
    for (const name of leaves)
      assert.ok(
        settings.some((setting) => setting.name === name),
        name,
      );
    assert.equal(new Set(settings.map((setting) => setting.name)).size, settings.length);
    for (const { name, sentence, variable } of settings) {
      assert.match(sentence, /^[A-Z].*\.$/, name);
      assert.match(variable, /^VALETKEY_[A-Z_]+$/);
    }
    assert.deepEqual(
      settings.filter((setting) => setting.isRequired).map((setting) => setting.name),
      ["issuer"],
    );
    const token = settings.find((setting) => setting.name === "lifetimes.access_token");
    assert.equal(token?.usual, "10m");
    assert.equal(token?.variable, "VALETKEY_LIFETIMES__ACCESS_TOKEN");
    assert.equal(token?.type, "duration");
  });

  it("gives an example that is acceptable, in the file and in the environment", async () => {
    for (const { name, example, variable } of settings) {
      const text = name
        .split(".")
        .map(
          (part, depth, all) =>
            `${"  ".repeat(depth)}${part}:${depth === all.length - 1 ? ` ${example}` : ""}`,
        )
        .join("\n");
      const env = { VALETKEY_ISSUER: issuer, ...companions[name] };
      const fromFile = await loadConfig({ text, env: name === "issuer" ? {} : env });
      // Quotes are YAML's, and a list has no brackets in a variable.
      const plain = example.replace(/^\[|\]$/g, "").replace(/^"(.*)"$/, "$1");
      const fromEnv = await loadConfig({ env: { ...env, [variable]: plain } });
      assert.deepEqual(fromEnv, fromFile, name);
    }
  });

  it("writes a commented file that says what the defaults say", async () => {
    const plain = await loadConfig({ text: `issuer: ${issuer}`, env: {} });
    assert.deepEqual(await loadConfig({ text: commentedYaml(issuer), env: {} }), plain);
  });

  it("writes a file whose settings all count once the comment signs are gone", async () => {
    const text = commentedYaml(issuer)
      .split("\n")
      .map((line) => (/^# {1,}(?:#|[a-z_]+:(?: |$))/.test(line) ? line.slice(2) : line))
      .join("\n");
    const members = Object.keys(parse(text));
    assert.deepEqual(members, Object.keys(Config.shape));
    // Of these two a file may have one.
    const filled = await loadConfig({ text: text.replace(/\n +password_file: .*/, ""), env: {} });
    const plain = await loadConfig({ text: `issuer: ${issuer}`, env: {} });
    for (const { name, usual } of settings) {
      if (usual !== undefined) assert.deepEqual(at(filled, name), at(plain, name), name);
    }
    assert.equal(filled.key_file, plain.key_file);
    assert.equal(filled.default_resource, "https://mcp.example.com");
  });

  it("quotes an issuer that YAML would read otherwise", () => {
    assert.equal(parse(commentedYaml("https://a.example/# b")).issuer, "https://a.example/# b");
  });

  it("prints a row of the manual for each", () => {
    const page = settingsMarkdown();
    for (const { name } of settings) assert.ok(page.includes(`| \`${name}\` |`), name);
    for (const line of page.split("\n").filter((line) => line.startsWith("| "))) {
      assert.equal(line.replaceAll("\\|", "").split("|").length, 7, line);
    }
  });

  it("gives editors a JSON Schema of the file, not of the code", () => {
    const schema = settingsJsonSchema() as { required: string[]; properties: Record<string, unknown> };
    assert.deepEqual(schema.required, ["issuer"]);
    assert.deepEqual(Object.keys(schema.properties), Object.keys(Config.shape));
    const { access_token } = (schema.properties.lifetimes as { properties: Record<string, object> })
      .properties;
    assert.deepEqual(
      { ...access_token, description: undefined },
      { type: "string", pattern: "^[0-9]{1,9}[smhdw]$", default: "10m", description: undefined },
    );
    assert.ok(!JSON.stringify(schema).includes('"additionalProperties":true'));
  });
});

function leavesOf(value: object, prefix = ""): string[] {
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === "object" && !Array.isArray(member)
      ? leavesOf(member, `${prefix}${name}.`)
      : [`${prefix}${name}`],
  );
}
