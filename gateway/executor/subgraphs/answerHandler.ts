import { isAscii, isUtf8 } from "node:buffer";
import type { Dispatcher } from "undici";
import {
  SubgraphFailure,
  type Cancellation,
  type SubgraphAnswer,
  type SubgraphRequest,
} from "../contract.ts";
import { decoderFor, type Decoder } from "./contentCoding.ts";
import { isPrintable } from "./printable.ts";

/** Told why there is no answer, and whether any of one had come. */
export type OnFailure = (failure: SubgraphFailure, hasBegun: boolean) => void;

/** Collects one answer's bytes, decoded, until there is no need of them. */
export class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #cancellation: Cancellation;
  readonly #fetched: SubgraphRequest["fetched"];
  readonly #answered: SubgraphRequest["answered"];
  readonly #mostBytes: number;
  readonly #resolve: (answer: SubgraphAnswer) => void;
  readonly #onFailure: OnFailure;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #status = 0;
  #controller: Dispatcher.DispatchController | undefined;
  #decoder: Decoder | null = null;
  #encodedBytes = 0;
  #isOver = false;

  constructor(
    { cancellation, fetched, answered }: SubgraphRequest,
    mostBytes: number,
    resolve: (answer: SubgraphAnswer) => void,
    onFailure: OnFailure,
  ) {
    this.#cancellation = cancellation;
    this.#fetched = fetched;
    this.#answered = answered;
    this.#mostBytes = mostBytes;
    this.#resolve = resolve;
    this.#onFailure = onFailure;
    cancellation.on(this.#fail);
  }

  // While it waits for a connection there is nothing to abort yet, and whoever asked does not wait for that.
  readonly #fail = (failure: SubgraphFailure): void => {
    if (this.#isOver) return;
    this.#end();
    this.#decoder?.destroy();
    this.#controller?.abort(failure);
    this.#onFailure(failure, this.#status !== 0);
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    const { reason } = this.#cancellation;
    if (reason) controller.abort(reason);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    this.#answered?.(headers);
    if (Number(headers["content-length"]) > this.#mostBytes) return this.#fail(this.#tooLarge());
    const coding = headers["content-encoding"];
    if (coding !== undefined) this.#decode(controller, coding);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#decoder) return this.#take(chunk);
    this.#encodedBytes += chunk.length;
    if (this.#encodedBytes > this.#mostBytes) return this.#fail(this.#tooLarge());
    if (!this.#decoder.write(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    if (this.#decoder) this.#decoder.end();
    else this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(
      error instanceof SubgraphFailure
        ? error
        : new SubgraphFailure("unreachable", "broke off", { cause: error }),
    );
  }

  // Told piece by piece: what takes little on its way may be too much by far.
  #decode(controller: Dispatcher.DispatchController, contentEncoding: string | string[]): void {
    try {
      this.#decoder = decoderFor(contentEncoding);
    } catch (failure) {
      return this.#fail(failure as SubgraphFailure);
    }
    this.#decoder
      ?.on("data", (chunk: Buffer) => this.#take(chunk))
      .on("drain", () => controller.resume())
      .on("error", (cause) => this.#fail(notDecoded(cause)))
      .on("end", () => {
        if (this.#decoder?.bytesWritten === this.#encodedBytes) this.#finish();
        else this.#fail(notDecoded(undefined));
      });
  }

  #take(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#mostBytes) return this.#fail(this.#tooLarge());
    try {
      this.#fetched?.(chunk.length);
    } catch {
      // What is too much ends the whole request, this one with it.
      return;
    }
    this.#chunks.push(chunk);
  }

  #finish(): void {
    const [first = NO_BYTES] = this.#chunks;
    const bytes = trimmed(this.#chunks.length > 1 ? Buffer.concat(this.#chunks, this.#bytes) : first);
    const hasOnlyAscii = isAscii(bytes);
    if (!hasOnlyAscii && !isUtf8(bytes))
      return this.#fail(new SubgraphFailure("badAnswer", "answered with what is no UTF-8"));
    this.#end();
    const text = bytes.toString(hasOnlyAscii ? "latin1" : "utf8");
    this.#resolve({ status: this.#status, text, isAscii: hasOnlyAscii, isPrintable: isPrintable(bytes) });
  }

  #end(): void {
    this.#isOver = true;
    this.#cancellation.off(this.#fail);
  }

  #tooLarge(): SubgraphFailure {
    return new SubgraphFailure("tooLarge", `answered with more than ${this.#mostBytes} bytes`);
  }
}

function notDecoded(cause: unknown): SubgraphFailure {
  return new SubgraphFailure("badAnswer", "answered with a body that its coding does not decode", { cause });
}

const NO_BYTES = Buffer.alloc(0);
const LINE_FEED = 10;

// Without a byte order mark, which RFC 8259 lets readers ignore, and without a line's end.
function trimmed(bytes: Buffer): Buffer {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const end = bytes.at(-1) === LINE_FEED ? -1 : undefined;
  return start || end ? bytes.subarray(start, end) : bytes;
}
