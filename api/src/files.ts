/**
 * Where uploads are kept. Bytes go from browser to store and back by signed addresses; the api
 * itself reads and writes only what it makes or checks.
 *
 * A key is a path of plain segments (`attachments/123/photo.png`, see `isFileKey`); every method
 * throws BadFileKey for any other. No key may be a folder of another one.
 */
export interface Files {
  /**
   * Stores a file, replacing the one before. Until it is whole nobody sees any of it: a reader gets
   * the old file or the new one, and when the body fails or is not of the size given, this throws
   * and the old one stays.
   */
  put(key: string, body: FileBody, about: FileAbout): Promise<void>;
  /**
   * The file, or a part of it; undefined when there is none. A range beyond the end answers what
   * there is; one that starts at or behind the end answers no bytes.
   */
  get(key: string, range?: ByteRange): Promise<StoredFile | undefined>;
  head(key: string): Promise<FileAbout | undefined>;
  /** Nothing happens when there is none. */
  delete(key: string): Promise<void>;
  /**
   * Gives a file another key, in place of what was there: what was sent to the old one later does not
   * reach it. False when there is none.
   */
  move(from: string, to: string): Promise<boolean>;
  /**
   * An address to which whoever holds it may send this one file, with exactly this size and type.
   * @param expiresIn seconds
   */
  signUpload(key: string, about: FileAbout, expiresIn: number): Promise<SignedUpload>;
  /**
   * An address from which whoever holds it may read this one file, ranges included.
   * @param expiresIn seconds
   */
  signDownload(key: string, expiresIn: number, as?: DownloadAs): Promise<string>;
  /** Throws when the store cannot be reached or written to. */
  ping(): Promise<void>;
}

export type FileBody = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

export interface FileAbout {
  /** In bytes. */
  size: number;
  /** The media type, as `image/png`. */
  type: string;
}

/** How a file presents itself at a signed address. */
export interface DownloadAs {
  /** The media type to say; absent: the one it was put with. What is not to be shown is saved. */
  type?: string;
  /** The name that a browser saves it under. */
  name?: string;
  /** Saved, also where a browser may show it. */
  save?: boolean;
  /**
   * From when `expiresIn` counts, in milliseconds since the Unix epoch and not in the future; absent:
   * now. The same moment makes the same address.
   */
  from?: number;
}

export interface ByteRange {
  /** First byte, from 0. */
  start: number;
  /** Last byte, inclusive; absent: to the end. */
  end?: number;
}

export interface StoredFile extends FileAbout {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

export interface SignedUpload {
  url: string;
  method: 'PUT';
  /** To be sent exactly as they are. */
  headers: Record<string, string>;
}

const MAX_KEY_LENGTH = 512;
const SEGMENTS = /^[a-z0-9][\w.-]*(\/[a-z0-9][\w.-]*)*$/i;

/**
 * True for paths of segments that start with a letter or digit and hold only those, `_`, `-` and
 * `.`: no key can climb out of a folder or name a hidden file.
 */
export function isFileKey(key: string): boolean {
  return key.length <= MAX_KEY_LENGTH && SEGMENTS.test(key);
}

class BadFileKey extends Error {
  override readonly name = 'BadFileKey';
  constructor() {
    super('not a file key');
  }
}

export function requireFileKey(key: string): void {
  if (!isFileKey(key)) throw new BadFileKey();
}
