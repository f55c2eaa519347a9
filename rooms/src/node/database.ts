import { mkdirSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Storage, StorageRange } from '../host.ts';
import { openStorage, readSpread, storageFile } from './storage-file.ts';

/** Sorts after every key: keys are ASCII. */
const AFTER_ALL = '\u{10FFFF}';

/**
 * The storage of all rooms of one process, in one file: a tick is one commit and one fsync, however
 * many rooms took part in it.
 *
 * The file is opened with an exclusive lock that the kernel holds for the process: a second one is
 * refused as long as the first lives, and not a moment longer, however it ended.
 */
export class RoomDatabase {
  readonly #db: DatabaseSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #get: StatementSync;
  readonly #up: StatementSync;
  readonly #down: StatementSync;
  readonly #setAlarm: StatementSync;
  readonly #clearAlarm: StatementSync;
  /** Not yet given to SQLite; a key written twice in a tick is written once. */
  readonly #writes = new Map<string, { room: string; key: string; value: string | undefined }>();
  readonly #alarms = new Map<string, number | undefined>();
  /** Given to SQLite, and not committed. */
  readonly #flushedAlarms = new Map<string, number | undefined>();
  /** As they are on the disk. */
  readonly #durableAlarms = new Map<string, number>();
  #inTransaction = false;
  #failure: unknown;

  /** @param maxPages bound of the file, in pages of 4 KB */
  constructor(dataDir: string, maxPages?: number) {
    mkdirSync(dataDir, { recursive: true });
    this.#db = openStorage(storageFile(dataDir));
    const { places } = readSpread(this.#db);
    if (places > 1) {
      this.#db.close();
      throw new Error(`The rooms in ${dataDir} are spread over ${places} processes.`);
    }
    if (maxPages !== undefined) this.#db.exec(`PRAGMA max_page_count = ${maxPages}`);
    const prepare = (sql: string) => this.#db.prepare(sql);
    this.#put = prepare('INSERT OR REPLACE INTO entries VALUES (?, ?, ?)');
    this.#delete = prepare('DELETE FROM entries WHERE room = ? AND key = ?');
    this.#get = prepare('SELECT value FROM entries WHERE room = ? AND key = ?');
    const range =
      'SELECT key, value FROM entries WHERE room = ? AND key >= ? AND key < ? ORDER BY key';
    this.#up = prepare(`${range} LIMIT ?`);
    this.#down = prepare(`${range} DESC LIMIT ?`);
    this.#setAlarm = prepare('INSERT OR REPLACE INTO alarms VALUES (?, ?)');
    this.#clearAlarm = prepare('DELETE FROM alarms WHERE room = ?');
    for (const { room, at } of this.alarms()) this.#durableAlarms.set(room, at);
  }

  /** @param value undefined deletes */
  write(room: string, key: string, value: string | undefined): void {
    this.#writes.set(`${room} ${key}`, { room, key, value });
  }

  /** Answers whether it has to be durable at once: of one put off a crash leaves one that rings early. */
  setAlarm(room: string, at: number | undefined): boolean {
    this.#alarms.set(room, at);
    return at !== undefined && at < (this.#durableAlarms.get(room) ?? Infinity);
  }

  alarms(): { room: string; at: number }[] {
    const rows = this.#db.prepare('SELECT room, at FROM alarms').all();
    return rows.map(({ room, at }) => ({ room: String(room), at: Number(at) }));
  }

  get(room: string, key: string): unknown {
    this.#flush();
    const row = this.#get.get(room, key);
    return row === undefined ? undefined : JSON.parse(String(row['value']));
  }

  list(room: string, { prefix, start, end, limit, reverse }: StorageRange): [string, unknown][] {
    this.#flush();
    const from = start !== undefined && start > prefix ? start : prefix;
    const query = reverse === true ? this.#down : this.#up;
    return query
      .all(room, from, end ?? prefix + AFTER_ALL, limit ?? -1)
      .map(({ key, value }) => [String(key), JSON.parse(String(value))]);
  }

  /** For who reads in a room that is not in memory. */
  storageOf(room: string): Pick<Storage, 'get' | 'list'> {
    return {
      get: async (key) => this.get(room, key),
      list: async (range) => this.list(room, range),
    };
  }

  /** Makes all writes since the last commit durable together. Throws when it cannot: none is then. */
  commit(): void {
    try {
      this.#flush();
      if (!this.#inTransaction) return;
      this.#db.exec('COMMIT');
      this.#inTransaction = false;
      for (const [room, at] of this.#flushedAlarms) {
        if (at === undefined) this.#durableAlarms.delete(room);
        else this.#durableAlarms.set(room, at);
      }
      this.#flushedAlarms.clear();
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  close(): void {
    this.#db.close();
  }

  /** Reads see what was written: SQLite is given it, in the transaction that the tick commits. */
  #flush(): void {
    // What failed once in this tick stays failed: a later half of it must not be committed alone.
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#writes.size === 0 && this.#alarms.size === 0) return;
    try {
      if (!this.#inTransaction) this.#db.exec('BEGIN');
      this.#inTransaction = true;
      for (const { room, key, value } of this.#writes.values()) {
        if (value === undefined) this.#delete.run(room, key);
        else this.#put.run(room, key, value);
      }
      for (const [room, at] of this.#alarms) {
        if (at === undefined) this.#clearAlarm.run(room);
        else this.#setAlarm.run(room, Math.ceil(at));
        this.#flushedAlarms.set(room, at);
      }
    } catch (error) {
      this.#failure = error;
      throw error;
    } finally {
      this.#writes.clear();
      this.#alarms.clear();
    }
  }

  #rollback(): void {
    this.#failure = undefined;
    this.#inTransaction = false;
    this.#flushedAlarms.clear();
    // SQLite rolls back by itself after some errors, a full disk among them.
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
  }
}
