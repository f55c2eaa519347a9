import type { FileBody } from '../files.ts';

export class WrongSize extends Error {
  override readonly name = 'WrongSize';
  constructor() {
    super('the file is not of the size given');
  }
}

/** The bytes of a body; throws WrongSize as soon as they are more, or when they end up fewer. */
export async function* chunksOf(
  body: FileBody,
  size: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let left = size;
  const stream = body instanceof Uint8Array ? [body] : body;
  for await (const chunk of stream) {
    left -= chunk.byteLength;
    if (left < 0) throw new WrongSize();
    yield chunk;
  }
  if (left > 0) throw new WrongSize();
}

/** All the bytes of a body, under the same rules. */
export async function collect(body: FileBody, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of chunksOf(body, size)) {
    whole.set(chunk, filled);
    filled += chunk.byteLength;
  }
  return whole;
}
