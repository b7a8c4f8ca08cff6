import { createSealer } from "#shared/crypto/seal.ts";
import { createCircuitBreaker } from "#shared/rpc/circuitBreaker.ts";
import { openMailer } from "#shared/mail/mailer.ts";
import { defineSubgraph } from "#shared/subgraph/defineSubgraph.ts";
import { commonSdl } from "#supergraph/commonSdl.ts";
import { AlertRouteService } from "#supergraph/rpc/alerts_pb.ts";
import { IdentityService } from "#supergraph/rpc/identity_pb.ts";
import { IncidentService } from "#supergraph/rpc/incidents_pb.ts";
import { OnCallService } from "#supergraph/rpc/schedules_pb.ts";
import { commands } from "./commands.ts";
import type { CalledService, EscalationsSettings } from "./config.ts";
import { AdministratorNotice } from "./entities/AdministratorNotice.ts";
import { ContactMethod as ContactMethodEntity } from "./entities/ContactMethod.ts";
import { Escalation as EscalationEntity } from "./entities/Escalation.ts";
import { EscalationPath as EscalationPathEntity } from "./entities/EscalationPath.ts";
import { EscalationTransition as EscalationTransitionEntity } from "./entities/EscalationTransition.ts";
import { MailedCode } from "./entities/MailedCode.ts";
import { NotificationRule as NotificationRuleEntity } from "./entities/NotificationRule.ts";
import { Page as PageEntity } from "./entities/Page.ts";
import { PageAttempt as PageAttemptEntity } from "./entities/PageAttempt.ts";
import { PageTransition } from "./entities/PageTransition.ts";
import { deliverCode } from "./confirmation/deliverCode.ts";
import { deliverPage } from "./paging/deliverPage.ts";
import { deliverNotice } from "./notices/deliverNotice.ts";
import { escalationProcess } from "./escalating/escalationProcess.ts";
import { noticeProcess } from "./notices/noticeProcess.ts";
import { pageProcess } from "./paging/pageProcess.ts";
import { ContactMethod } from "./resolvers/ContactMethod.ts";
import { Escalation } from "./resolvers/Escalation.ts";
import { EscalationLevel } from "./resolvers/EscalationLevel.ts";
import { EscalationPath } from "./resolvers/EscalationPath.ts";
import { EscalationPathSnapshot } from "./resolvers/EscalationPathSnapshot.ts";
import { EscalationTarget } from "./resolvers/EscalationTarget.ts";
import { EscalationTransition } from "./resolvers/EscalationTransition.ts";
import { Incident } from "./resolvers/Incident.ts";
import { Mutation } from "./resolvers/Mutation.ts";
import { NotificationRule } from "./resolvers/NotificationRule.ts";
import { Page } from "./resolvers/Page.ts";
import { PageAttempt } from "./resolvers/PageAttempt.ts";
import { Query } from "./resolvers/Query.ts";
import { Subscription } from "./resolvers/Subscription.ts";
import { User } from "./resolvers/User.ts";
import { rpc } from "./rpc.ts";
import type { Services } from "./services.ts";
import type { Resolvers } from "./schema/resolvers.generated.ts";

/** Pages people, level by level, until somebody answers. */
export const escalations = defineSubgraph<Services, EscalationsSettings, CalledService>({
  name: "escalations",
  schemaFolder: new URL("./schema/", import.meta.url),
  commonSdl,
  resolvers: {
    Query,
    Mutation,
    Subscription,
    Escalation,
    EscalationTransition,
    EscalationPathSnapshot,
    EscalationPath,
    EscalationLevel,
    EscalationTarget,
    Page,
    PageAttempt,
    ContactMethod,
    NotificationRule,
    User,
    Incident,
  } satisfies Resolvers,
  entities: [
    EscalationEntity,
    EscalationTransitionEntity,
    EscalationPathEntity,
    PageEntity,
    PageTransition,
    PageAttemptEntity,
    AdministratorNotice,
    ContactMethodEntity,
    NotificationRuleEntity,
    MailedCode,
  ],
  commands,
  processes: [escalationProcess, pageProcess, noticeProcess],
  effects: [deliverPage, deliverNotice, deliverCode],
  rpc,
  services({ ask, config, database }) {
    const { SMTP_URL: url, MAIL_FROM: from, SECRET_KEY, ...rest } = config;
    const mailer = url ? openMailer({ url, from }) : null;
    return {
      people: ask("identity", IdentityService),
      onCall: ask("schedules", OnCallService),
      incidents: ask("incidents", IncidentService),
      routes: ask("alerts", AlertRouteService),
      breakers: {
        identity: createCircuitBreaker(),
        schedules: createCircuitBreaker(),
        reads: createCircuitBreaker(),
      },
      database,
      delivery: {
        mailer,
        allowPrivateWebhooks: rest.ALLOW_PRIVATE_WEBHOOKS,
        sealer: createSealer(SECRET_KEY),
      },
      pagesPerMinute: rest.PAGES_PER_MINUTE,
      publicUrl: rest.PUBLIC_URL,
    };
  },
});
