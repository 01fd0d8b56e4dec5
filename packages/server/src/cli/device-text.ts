import type { DeviceCode } from "@valetkey/agent";
import { renderUnicodeCompact } from "uqr";

/** Of an address in a picture: a longer one would be wider than a terminal of 80 columns. */
const longest = 300;

/** What the terminal shows of a device code: RFC 8628 §3.3. The code stands alone, to be compared with the page. */
export function deviceText(
  { userCode, verificationUri, verificationUriComplete, expiresAt }: DeviceCode,
  now: number,
): string {
  const minutes = Math.max(1, Math.floor((expiresAt - now) / 60));
  const address = verificationUriComplete ?? verificationUri;
  const picture = address.length > longest ? [] : [renderUnicodeCompact(address, { border: 2 }), ""];
  return [
    ...picture,
    "On any device with a browser, open",
    "",
    `  ${verificationUri}`,
    "",
    picture.length > 0 ? "and type (or, after the picture, compare) the code" : "and type the code",
    "",
    `  ${userCode}`,
    "",
    `It is good for ${minutes} ${minutes === 1 ? "minute" : "minutes"}. Waiting ...`,
    "",
  ].join("\n");
}
