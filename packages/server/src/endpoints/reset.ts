import { Parameters } from "@valetkey/protocol/parameters";
import { page } from "../http/answer.ts";
import { requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import { newMailedLink } from "../operations/mailed-link.ts";
import { emailFault } from "../operations/new-account.ts";
import { resetPage, resetSentPage } from "../pages/reset.ts";
import type { Story } from "../ports/story.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import { requireMailRoom } from "../sign-in/ways/email.ts";
import { browserForm } from "./browser-form.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { frameOf, languageOf } from "./frame.ts";
import { newPassword, newPasswordForm } from "./new-password.ts";

const lifetime: Seconds = 1_800;
const purpose = "reset";

/** Whether people may set a new password by mail, and one at all who have none. */
export function isResetOpen({ settings, mailer }: Pick<Context, "settings" | "mailer">): boolean {
  return settings.signIn.password && mailer.kind !== "none";
}

/** @param interaction where the person goes on once they have a new password, if they are in the same browser then */
export function resetHref({ basePath }: Pick<Context, "basePath">, interaction?: string): string {
  return `${basePath}/reset${interaction === undefined ? "" : `?interaction=${interaction}`}`;
}

/** The page of who forgot their password; with a link from the mail that of the new one. */
export function resetForm(context: Context): Endpoint {
  const { clock } = context;
  return async (request, story) => {
    const query = Parameters.parse(request.query);
    const link = query.optional("link");
    if (link !== undefined) return await newPasswordForm(context, request, link, story, clock.now());
    story.says("The page for a forgotten password was shown.");
    return shown(context, request, { interaction: waitingIn(query) });
  };
}

/** Mails a link, or nothing: the answer and its time are the same. */
export function reset(context: Context): Endpoint {
  const { clock, cookies, keys, settings } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body);
    const link = form.optional("link");
    if (link !== undefined) return await newPassword(context, request, form, link, story, now);
    requireFormToken(keys, request, form, cookies.read(request, "browser"), purpose, settings.issuer);
    const interaction = waitingIn(form);
    const typed = form.optional("email") ?? "";
    const email = typed.trim().toLowerCase();
    if (emailFault(email) !== undefined)
      return shown(context, request, { interaction, email: typed, isWrong: true });
    requireMailRoom(context, email, { address: request.address, now }, "reset");
    await mailLink(context, request, email, interaction, story, now);
    return page(resetSentPage({ ...frameOf(context, request), email, lifetime }));
  };
}

/** An id of ours is short: what is longer is none, and is not kept. */
function waitingIn(given: Parameters): string | undefined {
  const id = given.optional("interaction") ?? "";
  return /^[\w-]{1,64}$/.test(id) ? id : undefined;
}

async function mailLink(
  context: Context,
  request: HttpRequest,
  email: string,
  interaction: string | undefined,
  story: Story,
  now: Instant,
): Promise<void> {
  const { store, settings, post, audit } = context;
  const found = await store.accounts.findByEmail(email);
  const account = found?.disabledAt === null ? found : undefined;
  const details = interaction === undefined ? {} : { interaction };
  const about = {
    purpose: "reset-password",
    email,
    accountId: account?.id ?? null,
    details,
    lifetime,
  } as const;
  const secret = await newMailedLink(store, about, now);
  story.says(account ? "A link for a new password was mailed." : "There is no account to mail a link to.");
  if (!account) return;
  audit.record({ at: now, what: "password.reset-asked", accountId: account.id, address: request.address });
  const language = account.locale ?? languageOf(context, request).tag;
  post.send(
    "reset-password",
    { email, language },
    { link: `${settings.issuer}/reset?link=${secret}`, lifetime },
  );
}

interface Shown {
  readonly interaction: string | undefined;
  readonly email?: string;
  readonly isWrong?: true;
}

function shown(context: Context, request: HttpRequest, { interaction, email, isWrong }: Shown): HttpResponse {
  const frame = frameOf(context, request);
  const { formToken, cookies } = browserForm(context, request, purpose);
  const html = resetPage({
    ...frame,
    action: resetHref(context),
    formToken,
    hidden: interaction === undefined ? {} : { interaction },
    ...(email !== undefined && { email: email.slice(0, 254) }),
    ...(isWrong && { error: frame.words.faults["email.invalid"] }),
  });
  return page(html, { status: isWrong ? 400 : 200, cookies });
}
