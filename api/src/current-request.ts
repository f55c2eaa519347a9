/** Which request the code that runs is at work for, however far from it. */
export interface CurrentRequest {
  /** Undefined outside of all. */
  id(): string | undefined;
  /** What `work` does, and whatever that begins, is for the request of this id. */
  run<T>(id: string, work: () => T): T;
}
