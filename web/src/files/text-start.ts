/** So much of a text is shown at most, in bytes. */
const MAX_BYTES = 16_384;
const MAX_LINES = 100;

/** The first lines of a text, whatever its size. Throws when it cannot be had. */
export async function textStart(
  url: string,
  fetched: typeof fetch,
): Promise<{ text: string; isWhole: boolean }> {
  const answer = await fetched(url, { headers: { range: `bytes=0-${MAX_BYTES - 1}` } });
  if (!answer.ok || answer.body === null) throw new Error('the file did not come');
  const { text, isWhole } = await readStart(answer.body);
  const lines = text.split('\n');
  // A line that was cut is none, unless it is the only one.
  const full = isWhole || lines.length === 1 ? lines : lines.slice(0, -1);
  const size = /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1];
  const isAll = isWhole && (size === undefined || Number(size) <= MAX_BYTES);
  return {
    text: full.slice(0, MAX_LINES).join('\n'),
    isWhole: isAll && full.length <= MAX_LINES,
  };
}

/** No more than is shown, even of a store that answers with all of it. */
async function readStart(body: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  let bytes = 0;
  while (bytes < MAX_BYTES) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isWhole: bytes < MAX_BYTES };
    const part = value.subarray(0, MAX_BYTES - bytes);
    bytes += part.byteLength;
    text += decoder.decode(part, { stream: true });
  }
  await reader.cancel();
  return { text, isWhole: false };
}
