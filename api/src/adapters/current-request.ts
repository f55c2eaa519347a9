import { AsyncLocalStorage } from 'node:async_hooks';
import type { CurrentRequest } from '../current-request.ts';

/** Kept by the runtime, through every promise and timer; Workers have it, too. */
export function createCurrentRequest(): CurrentRequest {
  const storage = new AsyncLocalStorage<string>();
  return {
    id: () => storage.getStore(),
    run: (id, work) => storage.run(id, work),
  };
}
