import type { RefusalText } from "./text.ts";

/** About devices that wait for a person's decision elsewhere: RFC 8628. */
export const deviceRefusals = {
  "device.disabled": {
    says: "Device authorization is switched off.",
    mend: "Use the authorization code grant, or set `device_authorization.enabled`.",
  },
  "device.unknown": {
    says: "No such device code was issued.",
    mend: "Send the device code as it was received; otherwise the device begins anew.",
  },
  "device.other-client": {
    says: "The device code belongs to another client.",
    mend: "Redeem the code with the client_id that asked for it.",
  },
  "device.pending": {
    says: "The person has not decided yet.",
    mend: "Nothing: the device asks again after its interval.",
  },
  "device.early": {
    says: "The device asked again before its interval was over; the interval grew.",
    mend: "The client waits five seconds longer after each slow_down (RFC 8628 §3.5).",
  },
  "device.expired": {
    says: "Nobody decided in time.",
    mend: "The device begins anew; see `lifetimes.device_code`.",
  },
  "device.denied": {
    says: "The person refused.",
    mend: "Nothing: the person decides.",
  },
  "device.replayed": {
    says: "The device code was redeemed before; what the first redemption earned is ended.",
    mend: "Ask one at a time, and redeem a code once. If the client did so, the code leaked.",
  },
  "device.decided": {
    says: "The code of the page waits no longer: decided, expired, or never was.",
    mend: "The person starts again on the device.",
  },
} as const satisfies Record<string, RefusalText>;
