import type { ToolScope } from "@valetkey/protocol/tool-scopes";

/** A server names its tools as it likes, and may never stop. */
const most = 10_000;
const rank = { low: 0, medium: 1, high: 2 } as const;

/** A scope that was not there, or one whose risk rose. */
export interface ScopeNews extends ToolScope {
  readonly isKnown: boolean;
}

/** The scopes that the operator was told of, so that what a change of the tools brings is told once. */
export class KnownScopes {
  readonly #risks = new Map<string, ToolScope["risk"]>();
  readonly #onNews: (news: readonly ScopeNews[]) => void;

  constructor(scopes: readonly ToolScope[], onNews: (news: readonly ScopeNews[]) => void) {
    for (const { name, risk } of scopes) this.#risks.set(name, risk);
    this.#onNews = onNews;
  }

  /** Where a risk rose, the sentence on the consent page is out of date too. */
  note(scopes: readonly ToolScope[]): void {
    const news = scopes.flatMap((scope): readonly ScopeNews[] => {
      const known = this.#risks.get(scope.name);
      const isNews = known === undefined ? this.#risks.size < most : rank[scope.risk] > rank[known];
      return isNews ? [{ ...scope, isKnown: known !== undefined }] : [];
    });
    for (const { name, risk } of news) this.#risks.set(name, risk);
    if (news.length > 0) this.#onNews(news);
  }
}
