import { callersOf, type RpcCallers } from "#shared/rpc/callers.ts";
import { AlertRouteService } from "./alerts_pb.ts";
import { EscalationPathService, ReachService } from "./escalations_pb.ts";
import { IdentityService } from "./identity_pb.ts";
import { IncidentService } from "./incidents_pb.ts";
import { OnCallService, ScheduleService } from "./schedules_pb.ts";

/** Which services may ask which questions of each other: exactly what they do ask, as a test compares. */
export const callers: RpcCallers = {
  ...callersOf(IdentityService, {
    resolveActor: ["gateway"],
    verifyApiKey: ["gateway"],
    findUsers: ["escalations", "incidents", "schedules"],
    findAdministrators: ["escalations"],
    findTeams: ["schedules"],
  }),
  ...callersOf(OnCallService, { whoIsOnCall: ["escalations"] }),
  ...callersOf(ScheduleService, { findSchedulesOfTeams: ["identity", "incidents"] }),
  ...callersOf(EscalationPathService, {
    findPaths: ["alerts", "incidents"],
    findPathsUsing: ["incidents", "schedules"],
  }),
  ...callersOf(ReachService, { findReachable: ["schedules"] }),
  ...callersOf(IncidentService, { findIncidents: ["escalations"] }),
  ...callersOf(AlertRouteService, { findRoutesUsing: ["escalations"] }),
};
