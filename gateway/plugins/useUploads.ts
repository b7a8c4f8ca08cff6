import { GraphQLError, type ExecutionResult } from "graphql";
import { isAsyncIterable } from "graphql-yoga";
import type { HttpPlugin } from "../context.ts";
import { exposed } from "../errors.ts";
import { receiveUploads, type UploadLimits } from "../uploads.ts";

/**
 * Takes operations with files (the GraphQL multipart request specification), which go on to subgraphs as they come. An operation with files
 * has a deadline of its own. What is wrong with a file is the first error of its answer.
 */
export function useUploads(limits: UploadLimits): HttpPlugin {
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      if (request.method !== "POST" || !isForm(request.headers.get("content-type"))) return;
      setRequestParser(async (received) => {
        const { params, uploads } = await receiveUploads(received, limits);
        serverContext.uploads = uploads;
        serverContext.deadline = Date.now() + limits.milliseconds;
        return params;
      });
    },
    onSubscribe({ args }) {
      if (!args.contextValue.uploads) return;
      throw exposed("BODY_MALFORMED", "a subscription with files", {
        reason: "a subscription takes no files",
      });
    },
    onExecute({ args }) {
      const { uploads } = args.contextValue;
      if (!uploads) return undefined;
      return {
        onExecuteDone({ result, setResult }) {
          if (uploads.fault && !isAsyncIterable(result)) setResult(withFault(result, uploads.fault));
        },
      };
    },
    onResponse({ serverContext }) {
      serverContext?.uploads?.close();
    },
  };
}

/** Whether a content type is that of forms with files. */
export function isForm(contentType: string | null): boolean {
  return /^\s*multipart\/form-data\s*(;|$)/i.test(contentType ?? "");
}

function withFault(result: ExecutionResult, fault: Error): ExecutionResult {
  const error = new GraphQLError(fault.message, { originalError: fault });
  return { data: result.data ?? null, errors: [error, ...(result.errors ?? [])] };
}
