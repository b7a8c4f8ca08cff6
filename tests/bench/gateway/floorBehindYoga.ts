import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ExecutionArgs } from "graphql";
import { createYoga, type YogaInitialContext } from "graphql-yoga";
import { reportTo } from "./contender.ts";
import { recordCalls } from "./recordedCalls.ts";

// No gateway, but the server that stands before one: what is more than the floor here is Yoga's own, none of its features on.
const calls = await recordCalls(process.argv[2] as string);

async function execute({ contextValue }: ExecutionArgs): Promise<object> {
  const { request } = contextValue as YogaInitialContext;
  await calls.makeAgain(request.headers.get("authorization") ?? "");
  return { ...calls.answer };
}

const yoga = createYoga({
  schema: calls.apiSchema,
  logging: false,
  maskedErrors: false,
  maxRequestBodySize: false,
  plugins: [
    {
      onExecute: ({ setExecuteFn }: { setExecuteFn: (fn: typeof execute) => void }) => setExecuteFn(execute),
    },
  ],
});
const server = createServer((request, response) => void yoga(request, response));
server.listen(0, "127.0.0.1", () => reportTo((server.address() as AddressInfo).port));
