import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { ServerServerEvent } from '@harmonium/rooms/server-event';
import { batch, createMemo, createSignal } from 'solid-js';
import { unwrap } from 'solid-js/store';
import { groupMembers } from './member-groups.ts';
import type { MemberGroup } from './member-groups.ts';
import type { ServerState } from './server-state.ts';

const PAGE = 200;

export interface MemberList {
  groups(): MemberGroup[];
  get(userId: string): Member | undefined;
  state(): 'loading' | 'loaded' | 'failed';
  /** More members than are loaded. */
  hasMore(): boolean;
  loadMore(): Promise<void>;
}

/** Members asked for again after a reconnect, at most. */
const REFRESHED = 1000;

/** The members of a server: pages by REST, kept current by what the server room says. */
export function createMemberList(deps: {
  page: (after: Snowflake | undefined, limit: number) => Promise<Member[]>;
  server: () => ServerState | undefined;
}): MemberList & { hear(event: ServerServerEvent): void; refresh(): Promise<void> } {
  const [members, setMembers] = createSignal<ReadonlyMap<string, Member>>(new Map());
  const [state, setState] = createSignal<'loading' | 'loaded' | 'failed'>('loading');
  const [hasMore, setHasMore] = createSignal(false);
  let cursor: Snowflake | undefined;
  /** What was heard while a page was on its way, and so is newer than it: undefined has left. */
  let heard = new Map<string, Member | undefined>();

  const groups = createMemo(() => {
    const server = deps.server();
    if (server === undefined) return [];
    // Unwrapped: thousands of people are read at once, and change as a whole.
    const presences = unwrap(server.presences);
    return groupMembers([...members().values()], server.structure.roles, presences);
  });

  function hear(event: ServerServerEvent): void {
    if (event.type === 'member.joined' || event.type === 'member.updated') {
      heard.set(event.member.user.id, event.member);
      setMembers((held) => new Map(held).set(event.member.user.id, event.member));
    } else if (event.type === 'member.left') {
      heard.set(event.userId, undefined);
      setMembers((held) => new Map([...held].filter(([id]) => id !== event.userId)));
    }
  }

  async function load(
    from: Snowflake | undefined,
    limit: number,
    held: () => ReadonlyMap<string, Member>,
  ): Promise<void> {
    heard = new Map();
    try {
      const page = await deps.page(from, limit);
      const next = new Map(held());
      for (const member of page) next.set(member.user.id, member);
      for (const [id, member] of heard) {
        if (member === undefined) next.delete(id);
        else next.set(id, member);
      }
      cursor = page.at(-1)?.user.id ?? from;
      batch(() => {
        setHasMore(page.length === limit);
        setMembers(next);
        setState('loaded');
      });
    } catch {
      if (members().size === 0) setState('failed');
    }
  }

  return {
    groups,
    get: (id) => members().get(id),
    state,
    hasMore,
    hear,
    async loadMore() {
      setState('loading');
      await load(cursor, PAGE, members);
    },
    /** Asks again for what is shown: people may have come and gone while nobody listened. */
    async refresh() {
      const shown = Math.min(REFRESHED, Math.max(PAGE, members().size));
      await load(undefined, shown, () => new Map());
    },
  };
}
