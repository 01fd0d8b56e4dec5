import { formOf } from "./bodies.ts";
import { clientFields, resourceField, scopeField } from "./client-fields.ts";
import { type PathDescription, together } from "./description.ts";
import { ofCallers, ofForms } from "./refusal-groups.ts";
import { named, text } from "./schema.ts";

/** RFC 8628 §3.1 */
export const deviceAuthorization: PathDescription = {
  POST: {
    id: "deviceAuthorization",
    tag: "Authorization",
    summary: "Begin on a device without a browser",
    says:
      "RFC 8628 §3.1: a code for the device and one for its person to type at /device. The device then asks the token " +
      "endpoint, no faster than the interval, until the person has decided.",
    proves: ["none", "clientSecret", "clientAssertion"],
    form: formOf(
      [
        ...clientFields,
        scopeField,
        resourceField,
        {
          name: "dpop_jkt",
          schema: text("RFC 9449 §10: the thumbprint of the key that the device code is bound to."),
          says: "",
        },
      ],
      {
        device: {
          summary: "A device asks",
          value: { client_id: "client_1", resource: ["https://mcp.example.com/mcp"] },
        },
      },
    ),
    answers: [
      {
        status: 200,
        says: "What the device shows, and what it asks with.",
        schema: named("DeviceAuthorizationResponse"),
        example: {
          device_code: "DEVICE_CODE",
          user_code: "BDWP-HQPK",
          verification_uri: "https://auth.example.com/device",
          verification_uri_complete: "https://auth.example.com/device?user_code=BDWP-HQPK",
          expires_in: 600,
          interval: 5,
        },
      },
    ],
    refuses: together(ofForms, ofCallers, {
      invalid_request: ["parameter.malformed"],
      unauthorized_client: ["device.disabled", "client.grant-not-allowed"],
      invalid_scope: ["scope.malformed", "scope.unknown", "scope.beyond-client"],
      invalid_target: ["resource.malformed", "resource.unknown", "resource.ambiguous"],
      temporarily_unavailable: ["server.failed"],
    }),
  },
};
