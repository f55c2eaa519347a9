/** The header that a request's id goes along by: back to who asked, and on to other services of ours. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** As `crypto.randomUUID` makes them. Anything else could be text that somebody wants in a log. */
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The id of a request of another service of ours; undefined when it says none. */
export function readRequestId(header: string | null | undefined): string | undefined {
  return UUID.test(header ?? '') ? (header ?? undefined) : undefined;
}

/**
 * Asks another service of ours under an id. Its log lines about the request have that, and so has what
 * is thrown here, as `requestId`.
 */
export async function askUnder<T>(
  requestId: string,
  ask: (headers: Record<typeof REQUEST_ID_HEADER, string>) => Promise<T>,
): Promise<T> {
  try {
    return await ask({ [REQUEST_ID_HEADER]: requestId });
  } catch (thrown) {
    throw Object.assign(thrown instanceof Error ? thrown : new Error(String(thrown)), {
      requestId,
    });
  }
}
