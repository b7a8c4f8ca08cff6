import { defineAlertSource } from "./alertSource.ts";
import { prometheusNeeds, readPrometheusAlert } from "./prometheusAlert.ts";

/** Grafana's unified alerting: https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/ */
export const grafana = defineAlertSource({
  type: "GRAFANA",
  name: "Grafana Alerting",
  class: "METRICS",
  docs: "In Grafana, under Alerting → Contact points, add a contact point of type *Webhook* with the webhook address and the method POST, and leave *Disable resolved message* off.",
  verification: "The secret token in the webhook address.",
  example: {
    receiver: "tocsin",
    status: "firing",
    orgId: 1,
    alerts: [
      {
        status: "firing",
        labels: { alertname: "High latency", grafana_folder: "Checkout", severity: "warning" },
        annotations: { summary: "Checkout answers in 2.4 s", description: "The 99th percentile is over 2 s" },
        startsAt: "2026-11-20T02:47:00Z",
        endsAt: "0001-01-01T00:00:00Z",
        values: { B: 2.4, C: 1 },
        generatorURL: "http://grafana:3000/alerting/grafana/cd1a/view",
        fingerprint: "57c6d9296de2ad39",
        silenceURL: "http://grafana:3000/alerting/silence/new",
        dashboardURL: "http://grafana:3000/d/checkout",
        panelURL: "http://grafana:3000/d/checkout?viewPanel=4",
        valueString: "[ var='B' labels={} value=2.4 ]",
      },
    ],
    groupLabels: { alertname: "High latency" },
    commonLabels: { alertname: "High latency" },
    externalURL: "http://grafana:3000/",
    groupKey: '{}/{}:{alertname="High latency"}',
    title: "[FIRING:1] High latency",
    message: "",
  },
  listIn: "alerts",
  needs: prometheusNeeds,
  read: (part, whole) => readPrometheusAlert(part, whole, ["panelURL", "dashboardURL", "generatorURL"]),
});
