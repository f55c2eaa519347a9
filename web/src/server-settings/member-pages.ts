import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { displayName } from '../room/member-groups.ts';
import { useRooms } from '../room/rooms.tsx';
import { useApi } from '../session-context.tsx';

const PAGE = 50;
/** Typing rests for this long before the server is asked, in milliseconds. */
const REST_MS = 150;

interface Filter {
  query?: string;
  role?: Snowflake;
}

/** Members of a server that match, page by page; each as the server's room tells them now. */
export function createMemberPages(serverId: () => Snowflake, filter: () => Filter) {
  const rooms = useRooms();
  const call = useApi();
  const [pages, setPages] = createSignal<readonly Member[]>([]);
  const [state, setState] = createSignal<'loading' | 'loaded' | 'failed'>('loading');
  const [hasMore, setHasMore] = createSignal(false);
  let asked = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(resting));

  const list = () => rooms.members(serverId());
  /** Whom the room told of; everybody, in a server that fits into one list. */
  const told = createMemo(() =>
    list()
      .groups()
      .flatMap(({ rows }) => rows.map((row) => row.member)),
  );
  const isWhole = () => list().state() === 'loaded' && !list().hasMore();

  const shown = createMemo(() => {
    const { query = '', role } = filter();
    const paged = pages();
    const known = new Map(told().map((member) => [member.user.id, member]));
    const ids = new Set(paged.map(({ user }) => user.id));
    const others = told().filter(({ user }) => !ids.has(user.id));
    const current = paged
      .filter(({ user }) => !isWhole() || known.has(user.id))
      .map((member) => known.get(member.user.id) ?? member);
    return [...current, ...others]
      .filter((member) => role === undefined || member.roles.includes(role))
      .filter((member) => matches(member, query))
      .sort((one, other) => displayName(one).localeCompare(displayName(other)));
  });

  createEffect(
    on(told, (now, before = []) => {
      const here = new Set(now.map(({ user }) => user.id));
      const left = new Set(before.map(({ user }) => user.id).filter((id) => !here.has(id)));
      if (left.size > 0) setPages((held) => held.filter(({ user }) => !left.has(user.id)));
    }),
  );

  async function ask(after: Snowflake | undefined): Promise<void> {
    const turn = (asked += 1);
    const { query = '', role } = filter();
    setState('loading');
    try {
      const page = await call('GET /api/servers/:id/members', {
        params: { id: serverId() },
        query: { limit: PAGE, query: query.trim().slice(0, 32), after, role },
      });
      if (turn !== asked) return;
      setPages((before) => (after === undefined ? page : [...before, ...page]));
      setHasMore(page.length === PAGE);
      setState('loaded');
    } catch {
      if (turn === asked) setState('failed');
    }
  }

  createEffect(
    on(
      () => [filter().query ?? '', filter().role] as const,
      ([query]) => {
        clearTimeout(resting);
        resting = setTimeout(() => void ask(undefined), query === '' ? 0 : REST_MS);
      },
    ),
  );

  return {
    shown,
    state,
    hasMore,
    more: () => ask(pages().at(-1)?.user.id),
    retry: () => ask(undefined),
  };
}

function matches(member: Member, query: string): boolean {
  const words = query.trim().toLocaleLowerCase();
  return [member.user.username, member.nickname ?? ''].some((name) =>
    name.toLocaleLowerCase().includes(words),
  );
}
