import type { DeviceCode } from "@valetkey/agent";
import { renderUnicodeCompact } from "uqr";

/** What the terminal shows of a device code: RFC 8628 §3.3. The code stands alone, to be compared with the page. */
export function deviceText(
  { userCode, verificationUri, verificationUriComplete, expiresAt }: DeviceCode,
  now: number,
): string {
  const minutes = Math.max(1, Math.floor((expiresAt - now) / 60));
  const picture = renderUnicodeCompact(verificationUriComplete ?? verificationUri, { border: 2 });
  return [
    picture,
    "",
    "On any device with a browser, open",
    "",
    `  ${verificationUri}`,
    "",
    "and type (or, after the picture, compare) the code",
    "",
    `  ${userCode}`,
    "",
    `It is good for ${minutes} ${minutes === 1 ? "minute" : "minutes"}. Waiting ...`,
    "",
  ].join("\n");
}
