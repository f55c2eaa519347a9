import type { MediaRouter } from './media.ts';
import { Rings } from './rings.ts';
import type { WorkerPool, WorkerSlot } from './worker-pool.ts';

/** People whom one worker serves before their call goes on to another one, if there is one. */
export const PEERS_PER_BRANCH = 60;

/** The part of a call that one worker carries. */
export class Branch {
  readonly router: MediaRouter;
  readonly rings: Rings;
  readonly #slot: WorkerSlot;
  #size = 0;

  constructor(router: MediaRouter, slot: WorkerSlot, rings: Rings) {
    this.router = router;
    this.rings = rings;
    this.#slot = slot;
    slot.load += 1;
  }

  get size(): number {
    return this.#size;
  }

  /** How busy its worker is, with all of its calls. */
  get load(): number {
    return this.#slot.load;
  }

  isOn(slot: WorkerSlot): boolean {
    return this.#slot === slot;
  }

  /** Somebody comes, who will `leave`. */
  enter(): void {
    this.#size += 1;
    this.#slot.load += 1;
  }

  leave(): void {
    this.#size -= 1;
    this.#slot.load -= 1;
  }

  close(): void {
    this.#slot.load -= 1;
    this.rings.close();
    this.router.close();
  }
}

export interface BranchesOptions {
  workers: WorkerPool;
  /** Of the ring of a peer: 0 (silent) to 1. */
  onLevels: (byPeer: ReadonlyMap<string, number>) => void;
  /** A further worker cannot take part; those there are go on. */
  onFailure: (error: unknown) => void;
}

/** The workers that a call is spread over. It takes another one when those it has are full. */
export class Branches {
  readonly #options: BranchesOptions;
  readonly #branches: Branch[] = [];
  #opening: Promise<void> | undefined;
  #closed = false;

  constructor(options: BranchesOptions) {
    this.#options = options;
  }

  get all(): readonly Branch[] {
    return this.#branches;
  }

  isOn(slot: WorkerSlot): boolean {
    return this.#branches.some((branch) => branch.isOn(slot));
  }

  /** Where the next one finds room. Undefined when no worker runs, or the call is over. */
  async forOneMore(): Promise<Branch | undefined> {
    if (this.#branches.every(({ size }) => size >= PEERS_PER_BRANCH)) {
      this.#opening ??= this.#open().finally(() => {
        this.#opening = undefined;
      });
      await this.#opening;
    }
    return this.#branches.toSorted((a, b) => a.load - b.load)[0];
  }

  /** The worker of this one died. */
  lose(lost: Branch): void {
    this.#branches.splice(this.#branches.indexOf(lost), 1);
    lost.close();
  }

  close(): void {
    this.#closed = true;
    for (const branch of this.#branches.splice(0)) branch.close();
  }

  async #open(): Promise<void> {
    const slot = this.#options.workers.leastBusy((each) => !this.isOn(each));
    if (slot === undefined || this.#closed) return;
    // Those who open calls at the same moment go to different workers.
    slot.load += 1;
    try {
      const router = await slot.worker.createRouter();
      const branch = new Branch(router, slot, new Rings(router, this.#options.onLevels));
      if (this.#closed) branch.close();
      else this.#branches.push(branch);
    } catch (error) {
      this.#options.onFailure(error);
    } finally {
      slot.load -= 1;
    }
  }
}
