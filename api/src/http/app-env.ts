import type { EndpointKey } from '@harmonium/api/endpoints';

/** What a request carries through the app, and what its runtime gives along. */
export interface AppEnv {
  Variables: {
    requestId: string;
    /** Set by the entry of the table that answers. */
    route: EndpointKey | undefined;
  };
  Bindings: object;
}
