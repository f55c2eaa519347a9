/**
 * Reads what stands at addresses that people wrote, which may be anyone's: somebody's own network is
 * never asked.
 */
export interface Web {
  /**
   * Follows redirects, each as wary as the first. Never rejects.
   * @param address http or https
   */
  read(address: string): Promise<WebPage | WebPicture | WebRefusal>;
}

export interface WebPage {
  kind: 'page';
  /** Where it was found in the end. */
  address: string;
  html: string;
}

export interface WebPicture {
  kind: 'picture';
  bytes: Uint8Array<ArrayBuffer>;
}

export interface WebRefusal {
  kind: 'refused';
  /**
   * `forbidden`: the address is nobody's business. `unusable`: neither page nor picture, or too much
   * of it. `away`: it did not answer, or not in time.
   */
  why: 'forbidden' | 'unusable' | 'away';
}

/** Milliseconds for all of it, redirects included. */
export const WEB_TIMEOUT_MS = 5_000;
/** Of a page the beginning says what it is: what follows is not read. */
export const MAX_PAGE_BYTES = 512 * 1024;
/** A picture of more is none. */
export const MAX_PICTURE_BYTES = 8 * 1024 * 1024;
export const MAX_REDIRECTS = 3;

/** Makes a small picture, whatever it is given. */
export type Shrink = (bytes: Uint8Array<ArrayBuffer>) => Promise<SmallPicture | undefined>;

export interface SmallPicture {
  /** A still WebP of at most SMALL_PICTURE_SIZE either way, without metadata. */
  bytes: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
}

/** Pixels. */
export const SMALL_PICTURE_SIZE = 800;
