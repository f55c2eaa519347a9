import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import {
  type ByteRange,
  type FileAbout,
  type FileBody,
  type StoredFile,
  requireFileKey,
} from '../../files.ts';
import { chunksOf } from '../file-body.ts';

/**
 * Files in a folder. The file of a key lies at the key's path; keys never start a segment with a dot,
 * so what does is ours: `.types` holds each file's media type at the same path, `.partial` what is
 * not whole yet.
 */
export class DiskStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, body: FileBody, about: FileAbout): Promise<void> {
    requireFileKey(key);
    const partial = await this.#write(chunksOf(body, about.size));
    // The type first: a file must never be seen without it.
    const type = await this.#write([new TextEncoder().encode(about.type)]);
    await moveTo(this.#typePath(key), type);
    await moveTo(join(this.#folder, key), partial);
  }

  async get(key: string, range?: ByteRange): Promise<StoredFile | undefined> {
    requireFileKey(key);
    const file = await openIfThere(join(this.#folder, key));
    if (file === undefined) return undefined;
    try {
      const { size } = await file.stat();
      const type = await readFile(this.#typePath(key), 'utf8');
      const start = range?.start ?? 0;
      const end = Math.min(range?.end ?? size - 1, size - 1);
      if (start > end) {
        await file.close();
        return { size, type, body: new Blob([]).stream() };
      }
      const bytes = Readable.toWeb(file.createReadStream({ start, end }));
      // Node's own type for it is looser than what it reads: buffers of their own memory.
      return { size, type, body: bytes as ReadableStream<Uint8Array<ArrayBuffer>> };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async head(key: string): Promise<FileAbout | undefined> {
    requireFileKey(key);
    try {
      const facts = await stat(join(this.#folder, key));
      if (!facts.isFile()) return undefined;
      return { size: facts.size, type: await readFile(this.#typePath(key), 'utf8') };
    } catch (error) {
      return ifMissing(error);
    }
  }

  async delete(key: string): Promise<void> {
    requireFileKey(key);
    await rm(join(this.#folder, key), { force: true });
    await rm(this.#typePath(key), { force: true });
  }

  /** The type first, as in `put`; when only that was done, the next try does the rest. */
  async move(from: string, to: string): Promise<boolean> {
    requireFileKey(from);
    requireFileKey(to);
    const about = await this.head(from);
    if (about === undefined) return false;
    const type = await this.#write([new TextEncoder().encode(about.type)]);
    await moveTo(this.#typePath(to), type);
    try {
      await moveTo(join(this.#folder, to), join(this.#folder, from));
    } catch (error) {
      ifMissing(error);
      return false;
    }
    await rm(this.#typePath(from), { force: true });
    return true;
  }

  async ping(): Promise<void> {
    await rm(await this.#write([new Uint8Array(1)]));
  }

  #typePath(key: string) {
    return join(this.#folder, '.types', key);
  }

  /** Writes to a place that nobody reads; answers where. */
  async #write(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<string> {
    const partials = join(this.#folder, '.partial');
    await mkdir(partials, { recursive: true });
    const path = join(partials, randomUUID());
    const file = await open(path, 'wx');
    try {
      for await (const chunk of chunks) await file.writeFile(chunk);
      await file.sync();
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
    await file.close();
    return path;
  }
}

async function moveTo(path: string, partial: string) {
  await mkdir(dirname(path), { recursive: true });
  await rename(partial, path);
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    const file = await open(path, 'r');
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return undefined;
  } catch (error) {
    return ifMissing(error);
  }
}

/** ENOTDIR: a segment of the key is itself a file. */
function ifMissing(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
}
