alter table "incidents"."incident_alert" add "worst_severity_rank" smallint null;
