import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  processDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

/** What makes spans of this service, and sends them to the OTLP endpoint in batches until it is shut down. */
export function tracerProvider({ service, endpoint }: { service: string; endpoint: string }): TracerProvider {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces` });
  const detected = detectResources({ detectors: [envDetector, hostDetector, processDetector] });
  const named = resourceFromAttributes({ "service.name": service });
  return new TracerProvider({
    resource: defaultResource().merge(detected).merge(named),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
}
