import type { Snowflake } from '@harmonium/api/ids';
import { Structure } from '@harmonium/api/server';
import type { Log, Storage } from './host.ts';
import type { RoomsApi } from './rooms-api.ts';

/** UTF-16 units, so that a piece stays under what one stored value may hold on the edge. */
const PIECE_LENGTH = 50_000;
/** A structure confirmed longer ago is asked for again: a publish may have been missed. */
const TRUST_MS = 60_000;

/** The server's structure, as new as the newest word of it. */
export class StructureStore {
  readonly #serverId: Snowflake;
  readonly #storage: Storage;
  readonly #api: RoomsApi;
  readonly #now: () => number;
  readonly #log: Log;
  #current: Structure | undefined;
  #pieces = 0;
  #confirmedAt = 0;
  #asking: Promise<Structure | undefined> | undefined;

  constructor(options: {
    serverId: Snowflake;
    storage: Storage;
    api: RoomsApi;
    now: () => number;
    log: Log;
  }) {
    this.#serverId = options.serverId;
    this.#storage = options.storage;
    this.#api = options.api;
    this.#now = options.now;
    this.#log = options.log;
  }

  async start(): Promise<void> {
    const pieces = await this.#storage.list({ prefix: 'structure/' });
    if (pieces.length === 0) return;
    this.#pieces = pieces.length;
    const text = pieces.map(([, piece]) => String(piece)).join('');
    // Perhaps by an older version, which knew less.
    this.#current = Structure.parse(JSON.parse(text));
  }

  get current(): Structure | undefined {
    return this.#current;
  }

  /** True when it is newer than what was known; an older one changes nothing. */
  replace(structure: Structure): boolean {
    this.#confirmedAt = this.#now();
    if (this.#current !== undefined && structure.rev <= this.#current.rev) return false;
    this.#current = structure;
    const text = JSON.stringify(structure);
    const pieces = Math.ceil(text.length / PIECE_LENGTH);
    for (let at = 0; at < pieces; at += 1) {
      this.#storage.put(pieceKey(at), text.slice(at * PIECE_LENGTH, (at + 1) * PIECE_LENGTH));
    }
    for (let at = pieces; at < this.#pieces; at += 1) this.#storage.delete(pieceKey(at));
    this.#pieces = pieces;
    return true;
  }

  get trusted(): boolean {
    return this.#current !== undefined && this.#now() - this.#confirmedAt < TRUST_MS;
  }

  /** What api says now, asked once for all who wait. Undefined: there is no such server. */
  ask(): Promise<Structure | undefined> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<Structure | undefined> {
    // Parsed as a published one is: equal things must be equal as text.
    return Structure.optional().parse(await this.#api.structure(this.#serverId));
  }

  /** Asks behind the back of whoever connects; an outage of api changes nothing. */
  async confirm(apply: (structure: Structure) => void): Promise<void> {
    if (this.trusted) return;
    this.#confirmedAt = this.#now();
    try {
      const structure = await this.ask();
      if (structure !== undefined) apply(structure);
    } catch (error) {
      this.#log.warn({ error }, 'the structure could not be confirmed');
    }
  }
}

function pieceKey(at: number): string {
  return `structure/${String(at).padStart(4, '0')}`;
}
