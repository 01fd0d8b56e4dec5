/** RFC 8628 §3.4: the grant of a device that shows a code and asks until a person has decided elsewhere. */
export const deviceCodeGrant = "urn:ietf:params:oauth:grant-type:device_code";
