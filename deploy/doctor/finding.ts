import type { Environment } from '../../api/src/config.ts';

/** `ok`: nothing to do; `warn`: it works, and somebody will feel it; `bad`: something does not work. */
export type State = 'ok' | 'warn' | 'bad';

/** What was looked at, what was found, and how it is mended. */
export interface Finding {
  about: string;
  state: State;
  says: string;
  cure?: string;
}

export interface Patient {
  environment: Environment;
  /** What `/health` on its port answers; undefined: Harmonium does not run here. */
  health: Health | undefined;
}

export interface Health {
  version: string;
  checks: Record<string, { ok: boolean; message?: string }>;
}

/** Looks at one thing, and changes nothing. */
export type Check = (patient: Patient) => Promise<Finding[]> | Finding[];

export const ok = (about: string, says: string): Finding => ({ about, state: 'ok', says });
export const warn = (about: string, says: string, cure: string): Finding => ({
  about,
  state: 'warn',
  says,
  cure,
});
export const bad = (about: string, says: string, cure: string): Finding => ({
  about,
  state: 'bad',
  says,
  cure,
});

export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return wordsOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}
