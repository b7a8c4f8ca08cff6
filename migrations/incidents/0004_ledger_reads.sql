-- Incidents tell what the ledger says (supergraph/ledger), which compares the rows of three services: these, and only to read.
grant usage on schema "alerts", "escalations" to "tocsin_incidents";
grant select on "alerts"."alert", "alerts"."alert_event" to "tocsin_incidents";
grant select on "escalations"."escalation", "escalations"."escalation_path", "escalations"."escalation_transition", "escalations"."page", "escalations"."page_attempt", "escalations"."page_transition" to "tocsin_incidents";
