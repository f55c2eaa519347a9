import type { Resource } from 'solid-js';

/** What was loaded; what is read before it is there would hold up all of the page. */
export function settled<T>(resource: Resource<T>): T | undefined {
  const isThere = resource.state === 'ready' || resource.state === 'refreshing';
  return isThere ? resource.latest : undefined;
}
