import type { Role } from '@harmonium/api/role';
import AtSign from 'lucide-solid/icons/at-sign';
import GripVertical from 'lucide-solid/icons/grip-vertical';
import Lock from 'lucide-solid/icons/lock';
import { For, Show, createEffect, createSignal, createUniqueId, on } from 'solid-js';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { createReorder } from './create-reorder.ts';
import { RoleDot } from '../members/role-dot.tsx';
import { movedTo, positionAt } from './role-order.ts';
import type { RoleReach } from './role-reach.ts';

interface RoleListProps {
  serverId: string;
  everyone: Role | undefined;
  /** Highest first, without @everyone. */
  roles: readonly Role[];
  reach: RoleReach;
  open: string | undefined;
  /** Holders of a role; undefined where there are too many members to have counted them. */
  count: (role: Role) => number | undefined;
  onOpen: (id: string) => void;
}

/** Roles in their order, which is moved by the handles. */
export function RoleList(props: RoleListProps) {
  const call = useApi();
  const toasts = useToasts();
  const hintId = createUniqueId();
  const [news, setNews] = createSignal('');
  /** Dropped, and not yet told by the server. */
  const [dropped, setDropped] = createSignal<readonly string[]>();
  let rows: HTMLUListElement | undefined;

  const saved = () => props.roles.map(({ id }) => id).join(' ');
  createEffect(on(saved, () => setDropped(undefined), { defer: true }));
  const shown = (): readonly Role[] => {
    const order = dropped();
    if (order === undefined) return props.roles;
    return [...props.roles].sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
  };

  const reorder = createReorder({
    list: shown,
    first: () => {
      const first = shown().findIndex((role) => props.reach.canEdit(role));
      return first < 0 ? shown().length : first;
    },
    rows: () => [...(rows?.children ?? [])],
    say: (told) => setNews(sentence(told.what, told.name, told.place, shown().length)),
    onDrop: (id, from, to) => void place(id, from, to),
  });

  async function place(id: string, from: number, to: number): Promise<void> {
    const role = props.roles.find((one) => one.id === id);
    if (role === undefined) return;
    const count = shown().length;
    setDropped(movedTo(shown(), from, to).map((one) => one.id));
    try {
      await call('PATCH /api/servers/:id/roles', {
        params: { id: props.serverId },
        body: [{ id: role.id, position: positionAt(to, count) }],
      });
    } catch (problem) {
      setDropped(undefined);
      toasts.complain(problemSentence(problem));
    }
  }

  const lineAt = (index: number) => {
    const lift = reorder.lift();
    if (lift === undefined || lift.to !== index || lift.to === lift.from) return undefined;
    return lift.to < lift.from ? 'top' : 'bottom';
  };

  return (
    <>
      <p id={hintId} class="sr-only">
        {t('roles.moveHint')}
      </p>
      <p class="sr-only" aria-live="assertive">
        {news()}
      </p>
      <ul
        ref={(element) => (rows = element)}
        aria-label={t('roles.list')}
        class="flex flex-col gap-px"
        classList={{ 'select-none': reorder.lift() !== undefined }}
      >
        <For each={shown()}>
          {(role, index) => (
            <li
              class="group relative flex items-center rounded-small transition-[opacity,background-color]"
              classList={{
                'bg-brass-wash': reorder.lift()?.id === role.id,
                'tablet:bg-raised-more': props.open === role.id && reorder.lift()?.id !== role.id,
                'hover:bg-raised': props.open !== role.id && reorder.lift() === undefined,
              }}
            >
              <Show when={lineAt(index())}>
                {(side) => (
                  <span
                    aria-hidden="true"
                    class="pointer-events-none absolute inset-x-1 z-10 h-0.5 rounded-full bg-brass"
                    classList={{ '-top-px': side() === 'top', '-bottom-px': side() === 'bottom' }}
                  />
                )}
              </Show>
              <Show
                when={props.reach.canEdit(role)}
                fallback={
                  <span
                    title={t('roles.locked')}
                    class="grid w-7 shrink-0 place-items-center text-third"
                  >
                    <Lock size={13} role="img" aria-label={t('roles.locked')} />
                  </span>
                }
              >
                <button
                  type="button"
                  aria-label={t('roles.move', role.name)}
                  aria-describedby={hintId}
                  aria-pressed={reorder.lift()?.id === role.id}
                  class="grid h-10 w-7 shrink-0 cursor-grab touch-none place-items-center rounded-small text-third transition-colors hover:text-ink active:cursor-grabbing pointer-coarse:h-11 pointer-coarse:w-9"
                  {...reorder.handle(() => role.id)}
                >
                  <GripVertical size={15} />
                </button>
              </Show>
              <Row
                role={role}
                isOpen={props.open === role.id}
                count={props.count(role)}
                onOpen={() => props.onOpen(role.id)}
              />
            </li>
          )}
        </For>
      </ul>
      <Show when={props.everyone}>
        {(everyone) => (
          <button
            type="button"
            aria-current={props.open === everyone().id ? 'true' : undefined}
            class="mt-px flex min-h-10 w-full items-center gap-2.5 rounded-small pr-3 pl-7 text-left text-second transition-colors hover:bg-raised hover:text-ink tablet:aria-current:bg-raised-more tablet:aria-current:text-ink pointer-coarse:min-h-11 pointer-coarse:pl-9"
            onClick={() => props.onOpen(everyone().id)}
          >
            <AtSign size={13} class="shrink-0 text-third" />
            {t('roles.everyone').slice(1)}
          </button>
        )}
      </Show>
    </>
  );
}

function Row(props: {
  role: Role;
  isOpen: boolean;
  count: number | undefined;
  onOpen: () => void;
}) {
  return (
    <button
      type="button"
      aria-current={props.isOpen ? 'true' : undefined}
      class="flex min-h-10 min-w-0 flex-1 items-center gap-2.5 rounded-small pr-3 text-left text-second transition-colors group-hover:text-ink aria-current:text-ink pointer-coarse:min-h-11"
      onClick={() => props.onOpen()}
    >
      <RoleDot color={props.role.color} />
      <span class="min-w-0 flex-1 truncate">{props.role.name}</span>
      <Show when={props.count !== undefined}>
        <span class="text-label text-third" aria-label={t('roles.holders', props.count ?? 0)}>
          {props.count}
        </span>
      </Show>
    </button>
  );
}

function sentence(
  what: 'lifted' | 'moved' | 'dropped' | 'back',
  name: string,
  place: number,
  of: number,
): string {
  if (what === 'lifted') return t('roles.lifted', name, place, of);
  if (what === 'moved') return t('roles.movedTo', name, place, of);
  return what === 'dropped' ? t('roles.dropped', name, place, of) : t('roles.putBack', name);
}
