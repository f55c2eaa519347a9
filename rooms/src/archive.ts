import type { Storage } from './host.ts';

/** Whether this is a thread in the archive: api then tells the room of no change of access. */
export class Archive {
  readonly #storage: Storage;
  #holds = false;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    this.#holds = (await this.#storage.get('archived')) === true;
  }

  get holds(): boolean {
    return this.#holds;
  }

  set(archived: boolean): void {
    this.#holds = archived;
    if (archived) this.#storage.put('archived', true);
    else this.#storage.delete('archived');
  }
}
