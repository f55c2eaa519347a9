import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { ServerServerEvent } from '@harmonium/rooms/server-event';
import { createMemo, createSignal } from 'solid-js';
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

/** The members of a server: pages by REST, kept current by what the server room says. */
export function createMemberList(deps: {
  page: (after: Snowflake | undefined, limit: number) => Promise<Member[]>;
  server: () => ServerState | undefined;
}): MemberList & { hear(event: ServerServerEvent): void } {
  const [members, setMembers] = createSignal<ReadonlyMap<string, Member>>(new Map());
  const [state, setState] = createSignal<'loading' | 'loaded' | 'failed'>('loading');
  const [hasMore, setHasMore] = createSignal(false);
  let cursor: Snowflake | undefined;
  let left = new Set<string>();

  const groups = createMemo(() => {
    const server = deps.server();
    if (server === undefined) return [];
    return groupMembers([...members().values()], server.structure.roles, server.presences);
  });

  function hear(event: ServerServerEvent): void {
    if (event.type === 'member.joined' || event.type === 'member.updated') {
      left.delete(event.member.user.id);
      setMembers((held) => new Map(held).set(event.member.user.id, event.member));
    } else if (event.type === 'member.left') {
      left.add(event.userId);
      setMembers((held) => new Map([...held].filter(([id]) => id !== event.userId)));
    }
  }

  async function loadMore(): Promise<void> {
    setState('loading');
    left = new Set();
    try {
      const page = await deps.page(cursor, PAGE);
      cursor = page.at(-1)?.user.id ?? cursor;
      setHasMore(page.length === PAGE);
      // What was heard meanwhile is newer than the page.
      setMembers((held) => {
        const loaded = page.filter((member) => !left.has(member.user.id));
        return new Map([...loaded.map((member) => [member.user.id, member] as const), ...held]);
      });
      setState('loaded');
    } catch {
      setState('failed');
    }
  }

  return { groups, get: (id) => members().get(id), state, hasMore, loadMore, hear };
}
