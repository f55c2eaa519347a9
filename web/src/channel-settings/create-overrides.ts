import { Permission } from '@harmonium/api/permissions';
import type { Permissions } from '@harmonium/api/permissions';
import { createMemo, createSignal } from 'solid-js';
import { createMemberLookup } from '../members/member-lookup.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/channel-settings.ts';
import { useChannel } from './channel-context.tsx';
import { myReach } from './my-reach.ts';
import {
  changesOf,
  isDirty,
  isEmptyRule,
  rulesOf,
  stanceOf,
  withEdits,
  withStance,
} from './override-draft.ts';
import type { Edits, Rule } from './override-draft.ts';
import { memberTarget, roleTarget } from './target.ts';
import type { Target } from './target.ts';

interface OverrideEntry {
  rule: Rule;
  /** Undefined: a member who left, or is not known yet. */
  target: Target | undefined;
  name: string;
  canEdit: boolean;
  isChanged: boolean;
}

/** What the open channel says of roles and members: as saved, with what was edited here. */
export function createOverrides() {
  const { state, channel } = useChannel();
  const call = useApi();
  const serverId = (): string => state().structure.server.id;
  const lookUp = createMemberLookup(serverId);
  const [edits, setEdits] = createSignal<Edits>(new Map());
  const saved = createMemo(() => rulesOf(channel().overrides));
  const rules = createMemo(() => {
    const list = withEdits(saved(), edits());
    const hasEveryone = list.some(({ targetId }) => targetId === serverId());
    return hasEveryone ? list : [everyoneRule(), ...list];
  });
  const reach = createMemo(() => myReach(state(), channel(), Date.now()));

  function everyoneRule(): Rule {
    return { kind: 'role', targetId: serverId(), allow: 0n, deny: 0n };
  }

  function targetOf(rule: Rule): Target | undefined {
    if (rule.kind === 'role') {
      const role = state().structure.roles.find(({ id }) => id === rule.targetId);
      return role && roleTarget(role);
    }
    const member = lookUp(rule.targetId);
    return member ? memberTarget(member) : undefined;
  }

  function entryOf(rule: Rule): OverrideEntry {
    const target = targetOf(rule);
    const isEveryone = rule.targetId === serverId();
    return {
      rule,
      target,
      name: isEveryone
        ? t('channelSettings.everyone')
        : (target?.name ?? t('channelSettings.formerMember')),
      canEdit:
        rule.kind === 'role'
          ? reach().includesRole(rule.targetId)
          : reach().includesMember(holderOf(target)),
      isChanged: changesOf(saved(), new Map([[rule.targetId, rule]])).length > 0,
    };
  }

  const entries = createMemo(() => rules().map(entryOf).sort(byRank));

  /** @everyone first, then roles from the highest, then members. */
  function byRank(one: OverrideEntry, other: OverrideEntry): number {
    return rankOf(one.rule) - rankOf(other.rule) || one.name.localeCompare(other.name);
  }

  function rankOf({ kind, targetId }: Rule): number {
    if (targetId === serverId()) return -Infinity;
    if (kind === 'member') return 1;
    const role = state().structure.roles.find(({ id }) => id === targetId);
    return -(role?.position ?? 0);
  }

  function edit(...changed: Rule[]): void {
    const next = new Map(edits());
    for (const rule of changed) next.set(rule.targetId, rule);
    setEdits(next);
  }

  const ruleOf = (targetId: string) => rules().find((rule) => rule.targetId === targetId);
  const isPrivate = () =>
    stanceOf(ruleOf(serverId()) ?? everyoneRule(), Permission.VIEW_CHANNEL) === 'deny';
  const me = () => state().me;
  const myRule = (): Rule =>
    ruleOf(me().user.id) ?? { kind: 'member', targetId: me().user.id, allow: 0n, deny: 0n };
  /** Who hides a channel stays in it: nobody else might let them back. */
  const isShutOut = (list: readonly Rule[]) =>
    !reach().seesAll &&
    !list.some(
      (rule) =>
        (rule.targetId === me().user.id || me().roles.some((id) => id === rule.targetId)) &&
        stanceOf(rule, Permission.VIEW_CHANNEL) === 'allow',
    );

  return {
    entries,
    edit,
    isPrivate,
    isDirty: () => isDirty(saved(), edits()),
    mayHide: () =>
      (reach().held & Permission.VIEW_CHANNEL) !== 0n && reach().includesRole(serverId()),
    /** I am let in because I would be shut out else. */
    letsMeIn: () =>
      isPrivate() &&
      !reach().seesAll &&
      stanceOf(edits().get(me().user.id) ?? everyoneRule(), Permission.VIEW_CHANNEL) === 'allow',
    setPrivate(hidden: boolean): void {
      const everyone = ruleOf(serverId()) ?? everyoneRule();
      edit(withStance(everyone, Permission.VIEW_CHANNEL, hidden ? 'deny' : 'inherit'));
      if (hidden && isShutOut(rules())) {
        edit(withStance(myRule(), Permission.VIEW_CHANNEL, 'allow'));
      }
    },
    add(target: Target): void {
      const rule: Rule = { kind: target.kind, targetId: target.id, allow: 0n, deny: 0n };
      // Of a hidden channel, whoever is named is most likely let in.
      edit(isPrivate() ? withStance(rule, Permission.VIEW_CHANNEL, 'allow') : rule);
    },
    /** Out of the list; what was saved goes when this is saved. */
    remove(rule: Rule): void {
      const next = new Map(edits());
      next.delete(rule.targetId);
      const isSaved = saved().some(({ targetId }) => targetId === rule.targetId);
      if (isSaved) next.set(rule.targetId, { ...rule, allow: 0n, deny: 0n });
      setEdits(next);
    },
    /** Why a permission cannot be changed; undefined: it can. */
    whyNot: (bit: Permissions): string | undefined =>
      (reach().held & bit) === 0n ? t('channelSettings.notHeld') : undefined,
    discard: () => setEdits(new Map()),
    async save(): Promise<void> {
      for (const rule of changesOf(saved(), edits(), serverId())) {
        const params = { id: channel().id, targetId: rule.targetId };
        if (isEmptyRule(rule)) {
          await call('DELETE /api/channels/:id/overrides/:targetId', { params });
        } else {
          const body = { kind: rule.kind, allow: String(rule.allow), deny: String(rule.deny) };
          await call('PUT /api/channels/:id/overrides/:targetId', { params, body });
        }
      }
      setEdits(new Map());
    },
  };
}

function holderOf(target: Target | undefined) {
  if (target?.kind !== 'member') return undefined;
  return { userId: target.id, roleIds: new Set<string>(target.member.roles) };
}
