import { z } from "zod";
import { plainName } from "#shared/text/plainName.ts";
import { defineEffect } from "#shared/process/effects.ts";
import type { Services } from "../services.ts";

const payload = z.object({ email: z.string(), name: z.string(), tenantName: z.string() });

/** Sends a person the mail that invites them. Where no mail is configured there is nobody to send it, and nothing to do. */
export const deliverInvitation = defineEffect<"deliverInvitation", typeof payload, string | null, Services>({
  kind: "deliverInvitation",
  payload,
  startToCloseTimeoutSeconds: 30,
  retry: {
    initialIntervalSeconds: 10,
    backoffCoefficient: 3,
    maximumIntervalSeconds: 3_600,
    maximumAttempts: 8,
  },
  async perform({ email, name, tenantName }, { effectId, services, log }) {
    if (!services.mailer) {
      log.info({ userId: effectId }, "No mail is configured, so the invitation was not sent");
      return null;
    }
    // Somebody who has agreed to nothing is written to: what others chose to be called is no way of telling them more.
    const [person, tenant] = [plainName(name), plainName(tenantName)];
    return services.mailer.send({
      id: `invitation-${effectId}`,
      to: email,
      subject: `${tenant} invites you to Tocsin`,
      text: `Hello ${person},\n\n${tenant} has invited you. Sign in at ${services.publicUrl} with this address.\n`,
    });
  },
  async settled() {
    // Whether the mail arrived shows when the person signs in.
  },
});
