/**
 * The same stream, and a promise that tells when nobody reads it any more: resolved when it ended or
 * its reader left, rejected when it broke.
 */
export function watchEnd(source: ReadableStream<Uint8Array>): {
  stream: ReadableStream<Uint8Array>;
  ended: Promise<void>;
} {
  const reader: ReadableStreamDefaultReader<Uint8Array> = source.getReader();
  const end = Promise.withResolvers<void>();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        controller.close();
        end.resolve();
      } catch (error) {
        controller.error(error);
        end.reject(error);
      }
    },
    async cancel(reason) {
      end.resolve();
      // client-zip throws the reason into whatever makes its files, and gets it back.
      await reader.cancel(reason).catch(() => {});
    },
  });
  return { stream, ended: end.promise };
}
