import type { ShownGroup, ShownPerson } from './shown-groups.ts';

export type MemberListRow =
  | { kind: 'heading'; group: ShownGroup }
  | { kind: 'person'; person: ShownPerson };

/**
 * Headings and people as one list. A row stays the same object for as long as its person or group
 * does, so that only what changed is drawn anew.
 */
export function makeMemberRows(): (groups: readonly ShownGroup[]) => MemberListRow[] {
  const known = new WeakMap<object, MemberListRow>();
  function kept(subject: object, made: MemberListRow): MemberListRow {
    const row = known.get(subject) ?? made;
    known.set(subject, row);
    return row;
  }
  return (groups) => {
    const rows: MemberListRow[] = [];
    for (const group of groups) {
      rows.push(kept(group, { kind: 'heading', group }));
      for (const person of group.people) rows.push(kept(person, { kind: 'person', person }));
    }
    return rows;
  };
}
