import type { ChannelOverride } from '@harmonium/api/channel';
import { Permission } from '@harmonium/api/permissions';
import type { Permissions } from '@harmonium/api/permissions';

export type Stance = 'deny' | 'inherit' | 'allow';

/** What a channel says about one role or member. */
export interface Rule {
  kind: ChannelOverride['kind'];
  targetId: string;
  allow: Permissions;
  deny: Permissions;
}

/** Edits that are not saved, by target. */
export type Edits = ReadonlyMap<string, Rule>;

export function rulesOf(overrides: readonly ChannelOverride[]): Rule[] {
  return overrides.map(({ kind, targetId, allow, deny }) => ({
    kind,
    targetId,
    allow: BigInt(allow),
    deny: BigInt(deny),
  }));
}

/** The rules as they would be: what others saved meanwhile shows wherever nothing was edited here. */
export function withEdits(saved: readonly Rule[], edits: Edits): Rule[] {
  const known = new Set(saved.map(({ targetId }) => targetId));
  const added = [...edits.values()].filter(({ targetId }) => !known.has(targetId));
  return [...saved.map((rule) => edits.get(rule.targetId) ?? rule), ...added];
}

export function stanceOf({ allow, deny }: Pick<Rule, 'allow' | 'deny'>, bit: Permissions): Stance {
  if ((allow & bit) !== 0n) return 'allow';
  return (deny & bit) === 0n ? 'inherit' : 'deny';
}

export function withStance(rule: Rule, bit: Permissions, stance: Stance): Rule {
  return {
    ...rule,
    allow: stance === 'allow' ? rule.allow | bit : rule.allow & ~bit,
    deny: stance === 'deny' ? rule.deny | bit : rule.deny & ~bit,
  };
}

export const isEmptyRule = ({ allow, deny }: Rule): boolean => allow === 0n && deny === 0n;

/** True when saving would change something. */
export function isDirty(saved: readonly Rule[], edits: Edits): boolean {
  return changesOf(saved, edits).length > 0;
}

/**
 * What has to be sent, in the order in which nobody is locked out in between: what allows comes
 * before what denies, and @everyone is last.
 */
export function changesOf(saved: readonly Rule[], edits: Edits, serverId = ''): Rule[] {
  const before = new Map(saved.map((rule) => [rule.targetId, rule]));
  return [...edits.values()]
    .filter((rule) => {
      const old = before.get(rule.targetId);
      return old === undefined
        ? !isEmptyRule(rule)
        : old.allow !== rule.allow || old.deny !== rule.deny;
    })
    .sort((one, other) => urgency(one, serverId) - urgency(other, serverId));
}

function urgency({ targetId, allow }: Rule, serverId: string): number {
  if (targetId === serverId) return 2;
  return (allow & Permission.VIEW_CHANNEL) === 0n ? 1 : 0;
}
