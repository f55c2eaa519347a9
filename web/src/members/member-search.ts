import type { Member } from '@harmonium/api/member';
import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import { unwrap } from 'solid-js/store';
import { groupMembers } from '../room/member-groups.ts';
import type { MemberGroup } from '../room/member-groups.ts';
import type { ServerState } from '../room/server-state.ts';
import { useApi } from '../session-context.tsx';

/** Typing rests for this long before the server is asked, in milliseconds. */
const REST_MS = 200;
const SHOWN = 100;

/** Members whose name holds what was typed, also those who are on no page that is loaded. */
export function createMemberSearch(state: () => ServerState) {
  const call = useApi();
  const [typed, setTyped] = createSignal('');
  const [found, setFound] = createSignal<readonly Member[]>([]);
  const [isBusy, setBusy] = createSignal(false);
  const serverId = () => state().structure.server.id;
  const query = () => typed().trim().slice(0, 32);
  let asking: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(asking));

  async function ask(wanted: string): Promise<void> {
    const page = await call('GET /api/servers/:id/members', {
      params: { id: serverId() },
      query: { query: wanted, limit: SHOWN },
    }).catch(() => []);
    if (wanted !== query()) return;
    setFound(page);
    setBusy(false);
  }

  createEffect(on(serverId, () => setTyped(''), { defer: true }));
  createEffect(
    on(query, (wanted) => {
      clearTimeout(asking);
      setBusy(wanted !== '');
      if (wanted !== '') asking = setTimeout(() => void ask(wanted), REST_MS);
    }),
  );

  return {
    typed,
    type: (text: string) => setTyped(text),
    isOn: () => query() !== '',
    isBusy,
    /** Undefined: nothing is searched. */
    groups(): MemberGroup[] | undefined {
      if (query() === '') return undefined;
      return groupMembers(found(), state().structure.roles, unwrap(state().presences));
    },
  };
}
