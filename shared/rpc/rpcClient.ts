import { Agent } from "node:http";
import type { DescMethodUnary, DescService, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, type CallOptions, type Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { ExposedError, wrap } from "#shared/errors/exposed.ts";
import { errorOfDetail } from "#shared/rpc/errorDetail.ts";
import { histogram } from "#shared/telemetry/metrics.ts";
import { injectTrace, span } from "#shared/telemetry/telemetry.ts";

/** Asks a service, in process or over the network alike: its exposed errors are thrown as such, its absence as SERVICE_UNAVAILABLE. */
export function rpcClient<Service extends DescService, Caller>(
  service: Service,
  options: RpcClientOptions<Caller>,
): RpcClient<Service, Caller> {
  const client = createClient(service, options.transport) as unknown as Readonly<Record<string, Call>>;
  const questions = Object.keys(service.method).map((name) => {
    return [name, asking(`${service.typeName}/${name}`, client[name]!, options)];
  });
  return Object.fromEntries(questions) as RpcClient<Service, Caller>;
}

/** What a client needs: the service, the transport, the token, and the deadline (2 s by default). */
export interface RpcClientOptions<Caller> {
  /** The name of the service asked, as errors and metrics call it. */
  name: string;
  transport: Transport;
  /** The internal token of a call made for this caller. */
  token: (caller: Caller) => string;
  timeoutSeconds?: number | undefined;
}

/** What a single call may change. */
export interface AskOptions {
  signal?: AbortSignal | undefined;
  timeoutSeconds?: number | undefined;
}

/** The questions of a service: each takes its request and for whom it is asked. */
export type RpcClient<Service extends DescService, Caller> = {
  readonly [Name in keyof Service["method"]]: Service["method"][Name] extends DescMethodUnary<
    infer Input,
    infer Output
  >
    ? (
        request: MessageInitShape<Input>,
        caller: Caller,
        options?: AskOptions,
      ) => Promise<MessageShape<Output>>
    : never;
};

/** The way to a service over the network (HTTP/1.1, connections kept). */
export function httpTransport(url: string): Transport {
  const agent = new Agent({ keepAlive: true });
  return createConnectTransport({ baseUrl: url, httpVersion: "1.1", nodeOptions: { agent } });
}

type Call = (request: object, options: CallOptions) => Promise<object>;

const durations = histogram("rpc_question_duration_seconds", "How long other services took to answer", [
  "question",
  "outcome",
]);

function asking<Caller>(question: string, call: Call, options: RpcClientOptions<Caller>) {
  return (request: object, caller: Caller, { signal, timeoutSeconds }: AskOptions = {}): Promise<object> =>
    span(`ask ${question}`, { "rpc.method": question }, async () => {
      const headers = injectTrace(new Headers({ "x-internal-token": options.token(caller) }));
      const timeoutMs = (timeoutSeconds ?? options.timeoutSeconds ?? 2) * 1_000;
      const measured = durations.startTimer({ question });
      try {
        const answered = await call(request, { headers, timeoutMs, ...(signal && { signal }) });
        measured({ outcome: "answered" });
        return answered;
      } catch (error) {
        measured({ outcome: Code[ConnectError.from(error).code] ?? "unknown" });
        signal?.throwIfAborted();
        throw errorForCaller(ConnectError.from(error), question, options.name);
      }
    });
}

function errorForCaller(error: ConnectError, question: string, service: string): Error {
  const told = errorOfDetail(error);
  if (told) return told;
  if (error.code !== Code.Unavailable && error.code !== Code.DeadlineExceeded)
    return wrap(error, `asking ${question}`);
  return new ExposedError(
    "SERVICE_UNAVAILABLE",
    `asking ${question}: ${error.message}`,
    { service },
    { cause: error },
  );
}
