import type { AuditAction, AuditEntry } from '@harmonium/api/audit-log';
import type { Snowflake } from '@harmonium/api/ids';
import { createSignal } from 'solid-js';

const PAGE = 50;

export interface AuditFilter {
  actorId?: Snowflake | undefined;
  action?: AuditAction | undefined;
}

interface AuditLogDeps {
  filter: () => AuditFilter;
  page: (
    query: AuditFilter & { before?: Snowflake | undefined; limit: number },
  ) => Promise<AuditEntry[]>;
}

/** The log, newest first, as far back as somebody read. */
export function createAuditLog(deps: AuditLogDeps) {
  const [entries, setEntries] = createSignal<readonly AuditEntry[]>([]);
  const [state, setState] = createSignal<'loading' | 'loaded' | 'failed'>('loading');
  const [hasMore, setHasMore] = createSignal(false);
  let turn = 0;

  async function load(before: Snowflake | undefined): Promise<void> {
    const mine = (turn += 1);
    setState('loading');
    if (before === undefined) setEntries([]);
    try {
      const page = await deps.page({ ...deps.filter(), before, limit: PAGE });
      if (mine !== turn) return;
      setEntries((held) => [...held, ...page]);
      setHasMore(page.length === PAGE);
      setState('loaded');
    } catch {
      if (mine === turn) setState('failed');
    }
  }

  return {
    entries,
    state,
    hasMore,
    /** From the newest again, as after another filter was chosen. */
    restart: () => load(undefined),
    /** The next page; the same again where it failed. */
    more(): void {
      if (state() !== 'loading') void load(entries().at(-1)?.id);
    },
  };
}
