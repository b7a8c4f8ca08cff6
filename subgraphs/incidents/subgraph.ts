import { defineSubgraph } from "#shared/subgraph/defineSubgraph.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";
import { EscalationPathService } from "#supergraph/rpc/escalations_pb.ts";
import { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import { ScheduleService } from "#supergraph/rpc/schedules_pb.ts";
import { commands } from "./commands.ts";
import type { CalledService } from "./config.ts";
import { Incident as IncidentEntity } from "./entities/Incident.ts";
import { IncidentAlert } from "./entities/IncidentAlert.ts";
import { IncidentCounter } from "./entities/IncidentCounter.ts";
import { IncidentGroup } from "./entities/IncidentGroup.ts";
import { IncidentPath } from "./entities/IncidentPath.ts";
import { IncidentResponder } from "./entities/IncidentResponder.ts";
import { IncidentTransition } from "./entities/IncidentTransition.ts";
import { TimelineEntry as TimelineEntryEntity } from "./entities/TimelineEntry.ts";
import { dampingProcess } from "./damping/dampingProcess.ts";
import { Alert } from "./resolvers/Alert.ts";
import { Incident } from "./resolvers/Incident.ts";
import { Mutation } from "./resolvers/Mutation.ts";
import { ParkedWork } from "./resolvers/ParkedWork.ts";
import { Query } from "./resolvers/Query.ts";
import { Subscription } from "./resolvers/Subscription.ts";
import { TimelineEntry } from "./resolvers/TimelineEntry.ts";
import { rpc } from "./rpc.ts";
import type { Services } from "./services.ts";
import { watchLedger } from "./watchLedger.ts";
import type { Resolvers } from "./schema/resolvers.generated.ts";

/** Says what is wrong, who works on it, and everything that happened about it. */
export const incidents = defineSubgraph<Services, unknown, CalledService>({
  name: "incidents",
  schemaFolder: new URL("./schema/", import.meta.url),
  commonSdl,
  resolvers: {
    Query,
    Mutation,
    Subscription,
    Incident,
    Alert,
    TimelineEntry,
    ParkedWork,
  } satisfies Resolvers,
  entities: [
    IncidentEntity,
    IncidentAlert,
    IncidentCounter,
    IncidentGroup,
    IncidentPath,
    IncidentResponder,
    IncidentTransition,
    TimelineEntryEntity,
  ],
  commands,
  processes: [dampingProcess],
  rpc,
  services({ ask, database }) {
    watchLedger(database);
    return {
      people: ask("identity", IdentityService),
      paths: ask("escalations", EscalationPathService),
      schedules: ask("schedules", ScheduleService),
    };
  },
});
