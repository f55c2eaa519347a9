import { ApiProblem } from '../api.ts';

/**
 * Reads an answer to its end, telling how many bytes there are so far.
 * @throws ApiProblem `offline` when the connection is lost before
 */
export async function readAll(
  answer: Response,
  onProgress: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = answer.body?.getReader();
  if (reader === undefined) return parts;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return parts;
      parts.push(value);
      bytes += value.length;
      onProgress(bytes);
    }
  } catch (cause) {
    throw new ApiProblem(0, undefined, cause);
  }
}
