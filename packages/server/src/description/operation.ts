import type { Route } from "../http/router.ts";
import type { Answer, Body, Field, Operation, Proof, Refusals } from "./description.ts";
import { together } from "./description.ts";
import { refusalAnswers } from "./refusal-answers.ts";
import { anywhere } from "./refusal-groups.ts";
import type { Schema } from "./schema.ts";

/** One operation object of OpenAPI 3.1, from what is said of it and from the route that answers it. */
export function operationOf(route: Route, method: "GET" | "POST", about: Operation) {
  const { id, tag, summary, proves = [], path = [], query = [], headers = [], form, json } = about;
  const parameters = [
    ...path.map((field) => parameterIn("path")({ ...field, required: true })),
    ...query.map(parameterIn("query")),
    ...headers.map(parameterIn("header")),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [about.says, ...authenticationOf(proves), ...(route.cors ? [readable] : [])].join("\n\n"),
    security: securityOf(proves),
    ...(parameters.length > 0 && { parameters }),
    ...(form && { requestBody: bodyOf("application/x-www-form-urlencoded", form) }),
    ...(json && { requestBody: bodyOf("application/json", json) }),
    responses: responsesOf(route, method, about),
  };
}

const readable = "Pages of other origins may call it and read the answer.";

function parameterIn(place: "path" | "query" | "header") {
  return ({ name, schema, says, required = false }: Field): Schema => ({
    name,
    in: place,
    required,
    ...(says !== "" && { description: says }),
    schema,
  });
}

function bodyOf(type: string, { schema, examples }: Body): Schema {
  return { required: true, content: { [type]: { schema, ...(examples && { examples }) } } };
}

function responsesOf(route: Route, method: "GET" | "POST", about: Operation): Schema {
  const isPage = about.answers.some(({ type, status }) => type === "text/html" || status === 303);
  const { refuses: own = {}, redirects = {} } = about;
  // OAuth 2.1 §7.13.2: where the client is not trusted the person reads what it would be told, and follows or does not.
  const refuses = together(own, redirects, about.isProbe ? {} : anywhere);
  const refused = refusalAnswers(route, method, refuses, isPage);
  const statuses = [...new Set([...about.answers.map(({ status }) => status), ...refused.keys()])];
  return Object.fromEntries(
    statuses
      .toSorted((a, b) => a - b)
      .map((status) => {
        const given = about.answers.filter((answer) => answer.status === status).map(responseOf);
        const beside = status === 303 && about.redirects ? [toldByRedirect(about.redirects)] : [];
        return [String(status), merged([...given, ...beside, ...[refused.get(status) ?? []].flat()])];
      }),
  );
}

function toldByRedirect(redirects: Refusals): Schema {
  const codes = Object.keys(redirects).map((code) => `\`${code}\``);
  return {
    description: `A client that is trusted is told its refusal here, as \`error\`: ${codes.join(", ")}. The reasons stand under 400.`,
  };
}

function responseOf({ says, schema, type = "application/json", example, headers = {} }: Answer): Schema {
  const isBodiless = schema === undefined && type === "application/json";
  const content = { schema: schema ?? { type: "string" }, ...(example !== undefined && { example }) };
  const said = Object.entries(headers).map(([name, description]) => [
    name,
    { description, schema: { type: "string" } },
  ]);
  return {
    description: says,
    ...(said.length > 0 && { headers: Object.fromEntries(said) }),
    ...(!isBodiless && { content: { [type]: content } }),
  };
}

/** Several answers of one status, as one response object. */
function merged(responses: readonly Schema[]): Schema {
  const headers = Object.assign({}, ...responses.map((one) => one.headers));
  const content = responses.map(({ content = {} }) => content as Contents).reduce(besides, {});
  return {
    description: responses.map((one) => one.description).join("\n\n"),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(Object.keys(content).length > 0 && { content }),
  };
}

type Contents = Readonly<Record<string, Schema>>;

/** What comes with one type in several answers is one of them. */
function besides(known: Contents, more: Contents): Contents {
  const both = Object.entries(more).map(([type, media]) => {
    const before = known[type];
    const isSame = JSON.stringify(before?.schema) === JSON.stringify(media.schema);
    const schema = before && !isSame ? { anyOf: [before.schema, media.schema] } : media.schema;
    return [type, { ...before, ...media, schema }];
  });
  return { ...known, ...Object.fromEntries(both) };
}

/** What no security scheme of OpenAPI can say: proofs in the body. */
function authenticationOf(proves: readonly Proof[]): readonly string[] {
  if (!proves.includes("clientSecret")) return [];
  const methods = "client_secret_basic, client_secret_post or private_key_jwt";
  return [
    proves.includes("none")
      ? `Clients authenticate by ${methods}; public clients name themselves by client_id.`
      : `The client authenticates by ${methods}.`,
  ];
}

function securityOf(proves: readonly Proof[]): readonly Schema[] {
  const schemes = proves.filter((proof) => proof !== "clientAssertion");
  return schemes.map((scheme) => (scheme === "none" ? {} : { [scheme]: [] }));
}
