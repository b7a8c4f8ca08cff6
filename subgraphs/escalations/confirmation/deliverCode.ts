import { z } from "zod";
import { defineEffect } from "#shared/process/effects.ts";
import type { Services } from "../services.ts";

const payload = z.object({ address: z.string(), sealedCode: z.string() });

/** Mails the code that confirms an address. Where no mail is configured there is nobody to send it, and nothing to do. */
export const deliverCode = defineEffect<"deliverCode", typeof payload, string | null, Services>({
  kind: "deliverCode",
  payload,
  startToCloseTimeoutSeconds: 30,
  retry: {
    initialIntervalSeconds: 10,
    backoffCoefficient: 3,
    maximumIntervalSeconds: 3_600,
    maximumAttempts: 8,
  },
  async perform({ address, sealedCode }, { effectId, services }) {
    const { delivery, publicUrl } = services;
    if (!delivery.mailer) return null;
    const code = delivery.sealer.unseal(sealedCode);
    return delivery.mailer.send({
      id: `code-${effectId}`,
      to: address,
      // Nothing here is of anybody's choosing: whoever gets it may never have heard of us.
      subject: `${code} confirms your address`,
      text: `Somebody wants to be paged by Tocsin at this address. If that is you, confirm it at ${publicUrl} with the code\n\n${code}\n\nwithin 24 hours. If it is not, do nothing: no more is sent here.\n`,
    });
  },
  async settled() {
    // Whether the mail arrived shows when the code is given.
  },
});
