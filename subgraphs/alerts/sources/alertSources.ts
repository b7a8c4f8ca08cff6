import { defineRegistry } from "#shared/registry/registry.ts";
import { alertmanager } from "./alertmanager.ts";
import { grafana } from "./grafana.ts";
import { http } from "./http.ts";
import type { AlertSourceKind } from "./alertSource.ts";

const members = [alertmanager, grafana, http] as const;

/** The kinds of alert source there are: one file and one line here each. */
export const alertSources = defineRegistry({
  name: "alertSources",
  graphqlEnum: "AlertSourceType",
  members: members,
  key: (source) => source.type,
});

/** The type of an alert source, as it is stored and as the graph calls it. */
export type AlertSourceType = (typeof members)[number]["type"];

/** A kind of alert source of any payload: its functions are called with what its own payload made of a body. */
export type AnyAlertSourceKind = AlertSourceKind<AlertSourceType>;
