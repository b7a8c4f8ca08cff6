import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { Busboy, type BusboyConfig } from "@fastify/busboy";
import { exposed } from "./errors.ts";
import { SubgraphFailure, type UploadedFile, type Uploads } from "./executor/engine.ts";
import { placeFiles } from "./uploadMap.ts";

/** How many files may come with an operation, how large they may be together, and how long the operation may take with them. */
export interface UploadLimits {
  readonly files: number;
  readonly bytes: number;
  readonly milliseconds: number;
  /** The longest `operations`, and the longest `map`, in bytes. */
  readonly fieldBytes: number;
}

/** Files that are being received. */
export interface ReceivedUploads extends Uploads {
  readonly milliseconds: number;
  /** What was wrong with them, for whoever sent them; undefined while nothing is. */
  readonly fault: Error | undefined;
  /** Lets go of what nobody took, and has what still comes dropped. */
  close(): void;
}

/**
 * Begins to receive an operation with files, by the GraphQL multipart request specification. Resolves with the operation as soon as it and
 * the map are there; files come while they are taken. Rejects with an exposed error for what is no such request, and for too many files.
 */
export async function receiveUploads(
  request: Request,
  limits: UploadLimits,
): Promise<{ readonly params: object; readonly uploads: ReceivedUploads }> {
  const receiving = new Receiving(request, limits);
  try {
    return { params: await receiving.params, uploads: receiving };
  } catch (error) {
    receiving.close();
    throw error;
  }
}

/** One file: expected, on its way, or held because one after it is wanted first. */
interface Entry {
  readonly come: (file: UploadedFile) => void;
  readonly fail: (failure: SubgraphFailure) => void;
  file: Promise<UploadedFile>;
  stream?: Readable;
  isTaken: boolean;
}

function entryOf(): Entry {
  const { promise, resolve, reject } = Promise.withResolvers<UploadedFile>();
  // Nobody may ever take it.
  promise.catch(() => undefined);
  return { come: resolve, fail: reject, file: promise, isTaken: false };
}

class Receiving implements ReceivedUploads {
  readonly params: Promise<object>;
  readonly milliseconds: number;
  fault: Error | undefined;
  readonly #limits: UploadLimits;
  readonly #nonce = randomUUID();
  readonly #entries = new Map<string, Entry>();
  readonly #resolved = Promise.withResolvers<object>();
  readonly #input: Readable;
  #operations: string | undefined;
  #bytes = 0;
  #isPlaced = false;
  #isOver = false;
  #mayHold = false;

  constructor({ headers, body }: Request, limits: UploadLimits) {
    this.#limits = limits;
    this.milliseconds = limits.milliseconds;
    this.params = this.#resolved.promise;
    this.#input = Readable.from(chunksOf(body), { objectMode: false });
    const { fieldBytes: fieldSize, files } = limits;
    // Whatever is wrong with its headers is said as it is.
    const parser = parserOf(headers, { fieldSize, fields: 2, files: files + 1, headerPairs: 20 }, (error) =>
      this.#fail(malformed(error.message)),
    );
    if (!parser) return;
    parser
      .on("field", (name, value, _nameTruncated, isTruncated) => this.#field(name, value, isTruncated))
      .on("file", (name, stream, filename, _encoding, contentType) =>
        this.#file(name, stream, filename, contentType),
      )
      .on("filesLimit", () => this.#fail(exceeded("uploadFiles", files)))
      .on("fieldsLimit", () => this.#fail(malformed("it has fields besides operations and map")))
      .on("error", () => this.#fail(malformed("it is cut, or no multipart/form-data")))
      .on("finish", () => this.#end());
    this.#input.on("error", () => this.#fail(malformed("it broke off")));
    this.#input.pipe(parser);
  }

  isFile(value: string): boolean {
    return this.#entries.has(value);
  }

  take(value: string): Promise<UploadedFile> | null {
    const entry = this.#entries.get(value);
    if (!entry || entry.isTaken) return null;
    entry.isTaken = true;
    // What comes before it has to be out of the way, and may be wanted yet.
    if (!entry.stream) this.#holdOthers();
    return entry.file;
  }

  close(): void {
    this.#fail(new SubgraphFailure("cancelled", "is over"));
    for (const { stream } of this.#entries.values()) stream?.resume();
  }

  #field(name: string, value: string, isTruncated: boolean): void {
    if (isTruncated) return this.#fail(exceeded("bodyBytes", this.#limits.fieldBytes));
    if (name === "operations" && this.#operations === undefined) this.#operations = value;
    else if (name === "map" && this.#operations !== undefined) this.#place(this.#operations, value);
    else this.#fail(malformed("operations come first, then map, then the files"));
  }

  #place(operations: string, map: string): void {
    try {
      const { params, ids } = placeFiles(operations, map, (id) => this.#valueOf(id));
      if (ids.length > this.#limits.files) return this.#fail(exceeded("uploadFiles", this.#limits.files));
      for (const id of ids) this.#entries.set(this.#valueOf(id), entryOf());
      this.#isPlaced = true;
      this.#resolved.resolve(params);
    } catch (error) {
      this.#fail(malformed((error as Error).message));
    }
  }

  #valueOf(id: string): string {
    return `${this.#nonce}:${id}`;
  }

  #file(name: string, stream: Readable, filename: string, contentType: string): void {
    stream.on("error", () => undefined);
    const entry = this.#entries.get(this.#valueOf(name));
    // What the map does not know is left out, as the specification says.
    if (!entry || entry.stream || this.#isOver) {
      if (this.#operations === undefined || !this.#entries.size)
        this.#fail(malformed("a file came before map"));
      return void stream.resume();
    }
    entry.stream = stream;
    const chunks = this.#mayHold && !entry.isTaken ? this.#held(stream) : this.#counted(stream);
    entry.come({ filename, contentType, chunks });
  }

  #holdOthers(): void {
    this.#mayHold = true;
    for (const entry of this.#entries.values()) {
      if (entry.isTaken || !entry.stream) continue;
      const chunks = this.#held(entry.stream);
      entry.file = entry.file.then((file) => ({ ...file, chunks }));
    }
  }

  // In memory: it is no more than all files may be.
  #held(stream: Readable): AsyncIterable<Uint8Array> {
    const chunks: Uint8Array[] = [];
    const read = (async () => {
      for await (const chunk of this.#counted(stream)) chunks.push(chunk);
    })();
    read.catch(() => undefined);
    return (async function* () {
      await read;
      yield* chunks;
    })();
  }

  async *#counted(stream: Readable): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      this.#bytes += (chunk as Uint8Array).length;
      if (this.#bytes > this.#limits.bytes) this.#fail(exceeded("uploadBytes", this.#limits.bytes));
      if (this.fault)
        throw new SubgraphFailure("cancelled", "was not sent all of a file", { cause: this.fault });
      yield chunk as Uint8Array;
    }
    if (this.fault)
      throw new SubgraphFailure("cancelled", "was not sent all of a file", { cause: this.fault });
  }

  #end(): void {
    this.#isOver = true;
    if (!this.#isPlaced) return this.#fail(malformed("it has no operations, or no map"));
    for (const { stream, fail } of this.#entries.values()) if (!stream) fail(this.#missing());
  }

  #missing(): SubgraphFailure {
    this.fault ??= malformed("a file of map did not come");
    return new SubgraphFailure("cancelled", "would be sent a file that did not come");
  }

  #fail(error: Error): void {
    this.#isOver = true;
    this.fault ??= error;
    this.#resolved.reject(error);
    for (const { fail, stream } of this.#entries.values()) {
      fail(new SubgraphFailure("cancelled", "was not sent a file", { cause: error }));
      stream?.destroy(new SubgraphFailure("cancelled", "was not sent all of a file", { cause: error }));
    }
    this.#input.unpipe();
    // Neither left unread, which would hold up the connection, nor cut, which would keep the answer from being read.
    this.#input.resume();
  }
}

function parserOf(
  headers: Headers,
  limits: NonNullable<BusboyConfig["limits"]>,
  onError: (error: Error) => void,
): InstanceType<typeof Busboy> | null {
  try {
    return new Busboy({ headers: { "content-type": headers.get("content-type") ?? "" }, limits });
  } catch (error) {
    onError(error as Error);
    return null;
  }
}

// Not cancelled when nobody reads on: that would close the connection before the answer is sent.
async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) yield next.value;
}

function malformed(reason: string): Error {
  return exposed("BODY_MALFORMED", `a request with files: ${reason}`, { reason });
}

function exceeded(limit: string, maximum: number): Error {
  return exposed("LIMIT_EXCEEDED", `more than ${maximum} ${limit}`, { limit, maximum });
}
