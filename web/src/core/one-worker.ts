/**
 * The page's end of the line to work that has a worker of its own each time, so that it can be ended at any moment: the
 * worker is ended with it.
 */

/** What is needed of a worker. */
export interface WorkerLike<Message, Answer> {
  postMessage(message: Message, transfer?: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: { readonly data: Answer }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

/** What any such worker can tell last. */
export interface Broken {
  readonly type: "broken";
  readonly reason: string;
}

export class OneWorker<Message, Answer> {
  #worker: WorkerLike<Message, Answer | Broken> | undefined;

  /** `isLast` says of an answer whether the worker tells nothing after it. */
  constructor(
    private readonly spawn: () => WorkerLike<Message, Answer | Broken>,
    private readonly isLast: (answer: Answer | Broken) => boolean,
  ) {}

  /** Begins with a first message; what is under way is ended. */
  begin(first: Message, hear: (answer: Answer | Broken) => void): void {
    this.end();
    const worker = this.spawn();
    this.#worker = worker;
    worker.onmessage = ({ data }) => {
      if (this.isLast(data)) this.end();
      hear(data);
    };
    worker.onerror = ({ message }) => {
      this.end();
      hear({ type: "broken", reason: message ?? "the worker could not be started" });
    };
    worker.postMessage(first);
  }

  /** Tells the worker more, if there is one. */
  tell(message: Message, transfer?: Transferable[]): void {
    this.#worker?.postMessage(message, transfer);
  }

  /** Ends what is under way. Nothing more is heard of it. */
  end(): void {
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
  }
}
