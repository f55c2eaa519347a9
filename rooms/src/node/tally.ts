import type { CloseReason } from '../../contract/close-codes.ts';
import type { RejectionCode } from '../../contract/server-event.ts';
import type { Meter } from '../meter.ts';

/** What happened in the rooms of one kind, in plain numbers: read when somebody asks. */
export class Tally implements Meter {
  framesIn = 0;
  framesOut = 0;
  bytesOut = 0;
  admitted = 0;
  readonly refusals = new Counts<CloseReason>();
  /** Named before they happen, so that the first one is an increase. */
  readonly closes = new Counts<CloseReason>(['too_slow', 'timed_out', 'flooding', 'unavailable']);
  readonly rejections = new Counts<RejectionCode>();
  readonly entries = new Counts<'resume' | 'snapshot'>();

  entered(by: 'resume' | 'snapshot'): void {
    this.entries.add(by);
  }

  rejected(code: RejectionCode): void {
    this.rejections.add(code);
  }
}

class Counts<Name extends string> {
  readonly #counts: Map<Name, number>;

  constructor(names: readonly Name[] = []) {
    this.#counts = new Map(names.map((name) => [name, 0]));
  }

  add(name: Name): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  [Symbol.iterator](): Iterator<[name: Name, count: number]> {
    return this.#counts.entries();
  }
}
