import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { ScreenParts } from "../screen.ts";
import type { Session } from "./session.ts";

/** What the session asks of the server process. */
export type Question =
  /** To serve; `problem` is why the graph on disk does not, null when it does. */
  | { readonly kind: "start"; readonly session: Session; readonly problem: string | null }
  /** To serve this graph, for which the SDL of these subgraphs has changed. */
  | { readonly kind: "graph"; readonly supergraphSdl: string; readonly changed: readonly string[] }
  /** To say why the graph on disk does not serve. */
  | { readonly kind: "problem"; readonly problem: string | null }
  /** To let requests to the subgraph beside it wait, or go on. */
  | { readonly kind: "wait" | "goOn" };

/** What the session asks of a subgraph beside the server once that is loaded: to listen, with its inspector at this port. */
export interface ListenQuestion {
  readonly kind: "listen";
  readonly inspector: number;
}

/** How a question ended: what there is to tell of a start, or why it could not be done. */
export interface Answer {
  readonly told?: ScreenParts | undefined;
  readonly refused?: string | undefined;
}

/** A process that answers questions. */
export interface Asked {
  /** Fulfilled when it can be asked; refused when it ends before that. */
  readonly loaded: Promise<void>;
  /** The answer is a refusal as well when the process ends first. */
  ask(question: Question | ListenQuestion): Promise<Answer>;
}

/** Asks a forked process; each question is answered once. */
export function asking(child: ChildProcess): Asked {
  const waiting = new Map<number, (answer: Answer) => void>();
  const loaded = Promise.withResolvers<void>();
  loaded.promise.catch(() => undefined);
  child.on("message", (message: Reply) => {
    const { refused } = message.answer;
    if (message.id === LOADED && refused !== undefined) loaded.reject(new Error(refused));
    else if (message.id === LOADED) loaded.resolve();
    waiting.get(message.id)?.(message.answer);
    waiting.delete(message.id);
  });
  void once(child, "exit").then(() => {
    loaded.reject(new Error("its code does not load"));
    for (const answer of waiting.values()) answer({ refused: "it ended" });
    waiting.clear();
  });
  let asked = LOADED;
  return {
    loaded: loaded.promise,
    ask(question) {
      const id = ++asked;
      if (!child.connected) return Promise.resolve({ refused: "it does not run" });
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        child.send({ id, question });
      });
    },
  };
}

/** Answers the questions of whoever forked this process, from now on; what `answer` throws is a refusal. */
export function answering<OneOf = Question>(answer: (question: OneOf) => Promise<Answer>): void {
  process.on("message", ({ id, question }: { id: number; question: OneOf }) => {
    void answer(question)
      .catch((error: unknown): Answer => ({ refused: (error as Error).message }))
      .then((given) => process.send?.({ id, answer: given } satisfies Reply));
  });
  process.send?.({ id: LOADED, answer: {} } satisfies Reply);
}

/** Says, in place of answering, why this process cannot serve. */
export function refusing(why: string): void {
  process.send?.({ id: LOADED, answer: { refused: why } } satisfies Reply);
}

interface Reply {
  readonly id: number;
  readonly answer: Answer;
}

// Not asked for: what a process says first.
const LOADED = 0;
