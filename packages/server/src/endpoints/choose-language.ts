import { Parameters } from "@valetkey/protocol/parameters";
import { seeOther } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";

const year = 31_536_000;

/** The choice at the foot of a page: kept in this browser, and back to the page. Whoever forges it changes some words. */
export function chooseLanguage({ look, cookies, settings, basePath }: Context): Endpoint {
  return (request) => {
    requireForm(request);
    const form = Parameters.parse(request.body);
    const language = look.languages.find(({ tag }) => tag === form.optional("language"));
    const cookie = language && cookies.set("language", language.tag, year);
    return seeOther(backIn(form.optional("back"), settings.issuer, basePath), cookie ? [cookie] : []);
  };
}

/** A page of ours and nothing else: what leads off this origin, or out of its path, leads home. */
function backIn(back: string | undefined, issuer: string, basePath: string): string {
  const home = `${basePath}/`;
  if (back === undefined || !back.startsWith(home) || !URL.canParse(back, issuer)) return home;
  const url = new URL(back, issuer);
  const path = `${url.pathname}${url.search}`;
  // Dot segments may leave two slashes at the beginning, which browsers take for a host.
  const isOurs = url.origin === new URL(issuer).origin && path.startsWith(home) && !path.startsWith("//");
  return isOurs ? path : home;
}
