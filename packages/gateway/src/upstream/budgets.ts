import { tooManyRequests } from "@valetkey/protocol/errors";
import type { Caller } from "@valetkey/resource";
import type { Budget, Rules } from "../rules/rules.ts";
import type { TokenUse } from "./answer-usage.ts";
import type { Gateway } from "./gateway.ts";
import type { Ledger } from "./ledger.ts";

/** How long counts without a budget are kept when room runs short. */
const withoutBudget: Budget = { window: 86_400 };

/**
 * Counts one request for the caller and for its client, if both may make it; a refused one counts for neither.
 * @throws temporarily_unavailable, sent as 429, when one of them has used up its window
 */
export function requireBudget(gateway: Gateway, { budgets }: Rules, caller: Caller): void {
  const now = gateway.clock();
  const accounts = accountsOf(gateway, budgets, caller);
  for (const { ledger, name, budget } of accounts) {
    const wait = ledger.waitOf(name, budget, now);
    if (wait !== undefined) throw tooManyRequests(wait, "upstream.budget");
  }
  for (const { ledger, name, budget } of accounts) ledger.countRequest(name, budget.window, now);
}

export function countTokens(gateway: Gateway, { budgets }: Rules, caller: Caller, use: TokenUse): void {
  if (use.tokens === 0) return;
  const now = gateway.clock();
  for (const { ledger, name, budget } of accountsOf(gateway, budgets, caller)) {
    ledger.countTokens(name, budget.window, now, use.tokens, use.isEstimate);
  }
}

interface Account {
  readonly ledger: Ledger;
  readonly name: string;
  readonly budget: Budget;
}

function accountsOf(gateway: Gateway, budgets: Rules["budgets"], caller: Caller): readonly Account[] {
  return [
    { ledger: gateway.callers, name: caller.subject, budget: budgets.caller ?? withoutBudget },
    { ledger: gateway.clients, name: caller.clientId, budget: budgets.client ?? withoutBudget },
  ];
}
