import { ApiProblem } from '@harmonium/api/client';
import type { Upload } from '@harmonium/api/upload';

/** The address did not take what was sent. A retry asks for another. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

/** Sends a file where it was promised, telling from 0 to 1 how much of it is gone. */
export type SendBytes = (
  upload: Pick<Upload, 'uploadUrl' | 'method' | 'headers'>,
  body: Blob,
  options: { onPart: (part: number) => void; signal: AbortSignal },
) => Promise<void>;

/** By XMLHttpRequest, since `fetch` does not tell how far it is. Throws NotTaken, or ApiProblem `offline`. */
export const sendBytes: SendBytes = ({ uploadUrl, method, headers }, body, { onPart, signal }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, uploadUrl);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onPart(total === 0 ? 0 : loaded / total),
    );
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new NotTaken());
    });
    request.addEventListener('error', () => reject(new ApiProblem(0, undefined)));
    request.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    if (signal.aborted) request.abort();
    request.send(body);
  });
