import { fsyncSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { emptyDatabase } from './template.ts';
import type { Backend } from './wire.ts';

export interface Engine extends Backend {
  close(): Promise<void>;
}

/**
 * PGlite's own start parameters say `-F` (no fsync), because a browser has none. A chat's accounts
 * must survive a power cut, so on disk fsync is on; in memory it would mean nothing.
 * (Its fdatasync is wired to nothing, hence the method.)
 *
 * It serves one session: everything PostgreSQL sets aside for a hundred is memory for nobody.
 */
function startParams(durable: boolean): string[] {
  const given = PGlite.defaultStartParams.filter((parameter) => !(durable && parameter === '-F'));
  const settings = [
    'shared_buffers=8MB',
    'max_connections=2',
    'max_wal_size=64MB',
    'wal_sync_method=fsync',
  ];
  return [...given, ...settings.flatMap((setting) => ['-c', setting])];
}

/** Forces what was written to a file to the disk. */
type Sync = (fileDescriptor: number) => void;

/** The file system PGlite comes with leaves fsync out; this one does it. */
class DurableFS extends NodeFS {
  readonly #sync: Sync;

  constructor(folder: string, sync: Sync) {
    super(folder);
    this.#sync = sync;
  }

  override async init(...parameters: Parameters<NodeFS['init']>) {
    const initialized = await super.init(...parameters);
    const { emscriptenOpts } = initialized;
    emscriptenOpts.preRun = [
      ...(emscriptenOpts.preRun ?? []),
      (module: unknown) => {
        // Emscripten's own shape, which its types leave out.
        const { FS } = module as { FS: { filesystems: { NODEFS: NodeFsType } } };
        FS.filesystems.NODEFS.stream_ops.fsync = ({ nfd }) => {
          this.#sync(nfd);
          return 0;
        };
      },
    ];
    return initialized;
  }
}

interface NodeFsType {
  stream_ops: { fsync?: (stream: { nfd: number }) => number };
}

/**
 * V8's optimizing compiler would spend 500 MB for a moment and 70 MB for good on PGlite's 9 MB of
 * WebAssembly, to make small queries a tenth faster; without it the whole database stays under
 * 100 MB. The flags hold for the process, and only for what is compiled after them.
 */
function leaveOutOptimizingCompiler() {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}

export interface EngineOptions {
  /** Where the data is; absent: in memory. */
  folder?: string;
  /** Replaced in tests. */
  sync?: Sync;
}

/** Starts PGlite in this thread. */
export async function startEngine({ folder, sync = fsyncSync }: EngineOptions): Promise<Engine> {
  leaveOutOptimizingCompiler();
  const isDurable = folder !== undefined;
  const pglite = await PGlite.create({
    startParams: startParams(isDurable),
    ...(isDurable ? { fs: new DurableFS(folder, sync) } : { loadDataDir: await emptyDatabase() }),
  });

  return {
    async begin() {
      if (pglite.isInTransaction()) await pglite.exec('ROLLBACK');
      await pglite.exec('DISCARD ALL');
    },
    exchange: (messages) => pglite.execProtocolRaw(messages),
    close: () => pglite.close(),
  };
}
