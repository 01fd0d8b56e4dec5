import type { Caller, Guard } from "@valetkey/resource";
import { protect } from "@valetkey/resource/fetch";
import type { Calendars } from "./calendars.ts";
import type { CalendarEvent, Instant } from "./event.ts";
import { icalendar } from "./icalendar.ts";

/** Seconds of the longest agenda that is answered: 366 days. */
const longestAgenda = 366 * 86_400;

/**
 * A calendar API behind the guard. Whose calendar it is stands in the token and nowhere else: no address names a person,
 * so that none can name another.
 */
export function calendarApi(
  calendars: Calendars,
  guard: Guard,
  clock: () => Instant,
): (request: Request) => Promise<Response> {
  return protect(
    (request, { subject }: Caller) => {
      if (request.method !== "GET" && request.method !== "HEAD") return failed(405, "method_not_allowed");
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === "/calendar.ics") return ics(icalendar(calendars.of(subject), clock()));
      if (pathname !== "/agenda") return failed(404, "not_found");
      const from = instantOf(searchParams.get("from"));
      const to = instantOf(searchParams.get("to"));
      if (from === undefined || to === undefined || to <= from || to - from > longestAgenda) {
        const says = "from and to are needed, as 2026-11-22T00:00:00Z, and are 366 days apart at most.";
        return failed(400, "invalid_request", says);
      }
      return Response.json({ events: calendars.between(subject, from, to).map(shown) }, { headers: fresh });
    },
    guard,
    { needed: ["calendar:read"] },
  );
}

const fresh = { "cache-control": "no-store" };

function shown({ start, end, ...event }: CalendarEvent) {
  return { ...event, start: iso(start), end: iso(end) };
}

function ics(text: string): Response {
  return new Response(text, { headers: { ...fresh, "content-type": "text/calendar; charset=utf-8" } });
}

function iso(instant: Instant): string {
  return new Date(instant * 1000).toISOString().replace(".000", "");
}

/** RFC 3339 in UTC, to the second. */
function instantOf(text: string | null): Instant | undefined {
  if (text === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}

function failed(status: number, error: string, error_description?: string): Response {
  const headers = status === 405 ? { ...fresh, allow: "GET, HEAD" } : fresh;
  return Response.json({ error, ...(error_description && { error_description }) }, { status, headers });
}
