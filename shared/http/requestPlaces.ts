import type { IncomingMessage, ServerResponse } from "node:http";

/** Says when a request may begin: at once (undefined) or later. Each is released once there is an answer, which is then sent. */
export interface RequestLoadShedder {
  acquire(request: IncomingMessage): Promise<void> | undefined;
  release(request: IncomingMessage): void;
}

/** Requests that have a load shedder's place, from when they may begin until there is an answer. */
export class RequestPlaces {
  readonly #loadShedder: RequestLoadShedder;
  readonly #places = new Map<ServerResponse, Place>();

  constructor(loadShedder: RequestLoadShedder) {
    this.#loadShedder = loadShedder;
  }

  /** Begins as soon as there is a place, unless whoever asked is gone by then. */
  begin(response: ServerResponse, begin: () => void): void {
    const place = new Place(response.req, this.#loadShedder);
    this.#places.set(response, place);
    const goIn = () => void (place.isOver || begin());
    const waiting = place.take();
    if (waiting) void waiting.then(goIn);
    else goIn();
  }

  /** Gives the place of a request back for good. */
  leave(response: ServerResponse): void {
    this.#places.get(response)?.end();
    this.#places.delete(response);
  }

  /** Notes which place a request has, for `givingWay`. */
  note(request: Request, response: ServerResponse): void {
    const place = this.#places.get(response);
    if (place) (request as Placed)[PLACE] = place;
  }
}

/**
 * Waits for work that is not done on this thread; others have the request's place meanwhile. With what the work comes to, the request waits for
 * a place as it did when it came, unless there is an answer by then.
 */
export async function givingWay<T>(request: Request, work: PromiseLike<T>): Promise<T> {
  const place = (request as Placed)[PLACE];
  place?.giveBack();
  try {
    return await work;
  } finally {
    await place?.take();
  }
}

/** The place of one request: waited for, had, given back, or over. */
class Place {
  readonly #request: IncomingMessage;
  readonly #loadShedder: RequestLoadShedder;
  #isHad = false;
  #taking: Promise<void> | undefined;
  isOver = false;

  constructor(request: IncomingMessage, loadShedder: RequestLoadShedder) {
    this.#request = request;
    this.#loadShedder = loadShedder;
  }

  /** Undefined where it has a place at once. Of several operations in one request, the first that goes on has the place for all. */
  take(): Promise<void> | undefined {
    if (this.#isHad || this.isOver) return undefined;
    if (this.#taking) return this.#taking;
    const waiting = this.#loadShedder.acquire(this.#request);
    const had = () => {
      this.#taking = undefined;
      if (this.isOver) this.#loadShedder.release(this.#request);
      else this.#isHad = true;
    };
    if (!waiting) {
      had();
      return undefined;
    }
    return (this.#taking = waiting.then(had));
  }

  giveBack(): void {
    if (!this.#isHad) return;
    this.#isHad = false;
    this.#loadShedder.release(this.#request);
  }

  end(): void {
    this.isOver = true;
    this.giveBack();
  }
}

// On the request itself: a WeakMap is work for every collection, and this is done for every request.
const PLACE = Symbol("the place of a request");
type Placed = Request & { [PLACE]?: Place };
