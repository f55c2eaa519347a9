import type { AuditAction, AuditFields } from '@harmonium/api/audit-log';
import type { Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { isHidden } from '../channels/is-hidden.ts';
import { auditLog } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import type { Transaction } from '../servers/structure.ts';

export interface Act {
  serverId: Snowflake;
  actorId: Snowflake;
  action: AuditAction;
  targetId?: Snowflake | undefined;
  /** The channel it is about: who may not see that one is not shown the entry. */
  channel?: Channel | undefined;
  before?: AuditFields | undefined;
  after?: AuditFields | undefined;
  reason?: string | undefined;
}

/** Writes down who did what, in the transaction that does it. */
export async function audit(
  deps: Pick<Deps, 'ids' | 'now'>,
  tx: Transaction,
  { channel, targetId, before, after, reason, ...act }: Act,
): Promise<void> {
  await tx.insert(auditLog).values({
    ...act,
    id: deps.ids.next(),
    targetId: targetId ?? null,
    channelId: channel?.id ?? null,
    hidden: channel !== undefined && (await isHidden(tx, channel)),
    before: before ?? null,
    after: after ?? null,
    reason: reason === undefined || reason === '' ? null : reason,
    createdAt: new Date(deps.now()),
  });
}

/** The fields of `after` that differ, as they were and as they are; undefined when none does. */
export function changedFields<T extends AuditFields>(
  before: { [K in keyof T]?: AuditFields[string] },
  after: T,
): { before: AuditFields; after: AuditFields } | undefined {
  const names = Object.keys(after).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (names.length === 0) return undefined;
  const pick = (from: { [K in keyof T]?: AuditFields[string] }): AuditFields =>
    Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}
