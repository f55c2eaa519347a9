/** What a request carries through the app, and what its runtime gives along. */
export interface AppEnv {
  Variables: { requestId: string };
  Bindings: object;
}
