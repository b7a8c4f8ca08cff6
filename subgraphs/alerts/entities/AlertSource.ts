import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { AlertSourceType } from "../sources/alertSources.ts";

/** A monitoring tool that posts its alerts to the tenant. Only the digest of its token is kept. */
export const AlertSource = tenantEntity({
  name: "AlertSource",
  schema: "alerts",
  properties: (p) => ({
    name: p.text(),
    type: p.text().$type<AlertSourceType>(),
    /** SHA-256 of the token, in hexadecimal. */
    tokenDigest: p.text(),
    createdAt: p.instant(),
    disabledAt: p.instant().nullable(),
  }),
  uniques: [{ properties: ["name"] }, { properties: ["tokenDigest"] }],
});

/** One alert source as it is stored. */
export type AlertSource = Row<typeof AlertSource>;
