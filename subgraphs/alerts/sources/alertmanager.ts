import { defineAlertSource } from "./alertSource.ts";
import { prometheusNeeds, readPrometheusAlert } from "./prometheusAlert.ts";

/** Prometheus Alertmanager, webhook version 4: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export const alertmanager = defineAlertSource({
  type: "ALERTMANAGER",
  name: "Prometheus Alertmanager",
  class: "METRICS",
  docs: `Add a receiver to \`alertmanager.yml\` and route to it:

\`\`\`yaml
receivers:
  - name: tocsin
    webhook_configs:
      - url: <the webhook address>
        send_resolved: true
\`\`\``,
  verification: "The secret token in the webhook address.",
  example: {
    version: "4",
    groupKey: '{}:{alertname="DiskFull"}',
    status: "firing",
    receiver: "tocsin",
    groupLabels: { alertname: "DiskFull" },
    commonLabels: { alertname: "DiskFull", severity: "critical" },
    commonAnnotations: {},
    externalURL: "http://alertmanager:9093",
    alerts: [
      {
        status: "firing",
        labels: { alertname: "DiskFull", severity: "critical", instance: "db-1", cluster: "eu-1" },
        annotations: { summary: "The disk of db-1 is full", description: "/var/lib/postgresql is 98 % full" },
        startsAt: "2026-11-20T02:47:00Z",
        endsAt: "0001-01-01T00:00:00Z",
        generatorURL: "http://prometheus:9090/graph?g0.expr=disk_free",
        fingerprint: "c9a3f1d2b4e5f607",
      },
    ],
  },
  listIn: "alerts",
  needs: prometheusNeeds,
  read: (part, whole) => readPrometheusAlert(part, whole, ["generatorURL"]),
});
