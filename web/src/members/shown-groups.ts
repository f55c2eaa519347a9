import { createComputed } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { User } from '@harmonium/api/user';
import type { MemberGroup, MemberRow } from '../room/member-groups.ts';

export interface ShownPerson {
  /** The user's id. */
  key: string;
  user: User;
  name: string;
  status: MemberRow['status'];
  text: string | undefined;
  color: number | undefined;
}

export interface ShownGroup {
  key: string;
  kind: MemberGroup['kind'];
  name: string;
  people: ShownPerson[];
}

/**
 * The groups as a store in which only what changed changes: one person's presence draws one row
 * anew, not the list.
 */
export function createShownGroups(groups: () => readonly MemberGroup[]): readonly ShownGroup[] {
  const [shown, setShown] = createStore<{ groups: ShownGroup[] }>({ groups: [] });
  createComputed(() => setShown('groups', reconcile(groups().map(shownGroup), { key: 'key' })));
  return shown.groups;
}

function shownGroup({ key, kind, name, rows }: MemberGroup): ShownGroup {
  return { key, kind, name, people: rows.map(shownPerson) };
}

/** A copy: the store writes into what it is given. */
function shownPerson({ member, name, status, text, color }: MemberRow): ShownPerson {
  const { id, username, avatar } = member.user;
  return { key: id, user: { id, username, avatar }, name, status, text, color };
}
