import type { Health } from '@harmonium/api/config';
import type { Deps } from '../deps.ts';

/** A check that takes longer has failed, in milliseconds. */
const CHECK_TIMEOUT_MS = 3_000;

type Part = keyof Health['checks'];

export async function checkHealth(deps: Deps): Promise<Health> {
  const checks: [Part, () => Promise<void>][] = [
    ['database', () => deps.database.ping()],
    ['cache', () => deps.cache.ping()],
    ['rooms', () => deps.rooms.ping()],
    ['sfu', () => pingSfus(deps)],
    ['files', () => deps.files.ping()],
  ];
  const results = await Promise.all(
    checks.map(async ([part, check]) => [part, await run(check)] as const),
  );
  const isOk = results.every(([, result]) => result.ok);
  // Every part is among the checks above.
  const named = Object.fromEntries(results) as Health['checks'];
  return { status: isOk ? 'ok' : 'failing', version: deps.instance.version, checks: named };
}

async function pingSfus(deps: Deps): Promise<void> {
  const trouble = await deps.sfus.trouble();
  if (trouble !== undefined) throw new Error(trouble.reason);
}

async function run(check: () => Promise<void>): Promise<{ ok: boolean; message?: string }> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), late]);
    return { ok: true };
  } catch (problem) {
    return { ok: false, message: problem instanceof Error ? problem.message : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
