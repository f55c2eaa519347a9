import type { EndpointKey } from '@harmonium/api/endpoints';

/** What the app tells of itself to whoever watches the process. */
export interface Meter {
  /** A request came; what is returned is called with the status of its answer. */
  request(): (route: Route, status: number) => void;
  /** A request failed for its query; `away` when the database could not be reached. */
  queryFailed(how: 'away' | 'failed'): void;
  /** @param limit its name */
  rateLimited(limit: string): void;
  /** So many announcements are under way to rooms. */
  announcing(pending: number): void;
  /** One was never delivered. */
  announcementLost(): void;
  /** A file was checked and kept, with so many bytes. */
  fileStored(bytes: number): void;
  /** Files were deleted from the store, or could not be. */
  filesSwept(how: 'deleted' | 'failed', count: number): void;
}

/** A key of the table of endpoints, so that there are as many as routes and not as addresses. */
export type Route = EndpointKey | 'other';

/** Where nobody watches. */
export const noMeter: Meter = {
  request: () => () => {},
  queryFailed() {},
  rateLimited() {},
  announcing() {},
  announcementLost() {},
  fileStored() {},
  filesSwept() {},
};
