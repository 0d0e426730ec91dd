/**
 * Asks for what is wanted last, one request at a time.
 *
 * While a request is under way, newer wishes replace each other; only the last one is asked for afterwards. What is
 * answered to a wish that has meanwhile been replaced is still handed over: it is closer to now than nothing.
 */
export class Latest<Wish, Answer> {
  #next: { wish: Wish } | undefined;
  #busy = false;

  constructor(
    private readonly ask: (wish: Wish) => Promise<Answer>,
    private readonly give: (answer: Answer, wish: Wish) => void,
    private readonly fail: (error: unknown) => void,
  ) {}

  want(wish: Wish): void {
    this.#next = { wish };
    if (!this.#busy) void this.#work();
  }

  /** Drops the wish that has not been asked for yet. */
  forget(): void {
    this.#next = undefined;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#next) {
      const { wish } = this.#next;
      this.#next = undefined;
      try {
        this.give(await this.ask(wish), wish);
      } catch (error) {
        this.fail(error);
      }
    }
    this.#busy = false;
  }
}
