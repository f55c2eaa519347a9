import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { createSignal } from 'solid-js';

/** What one removal may name. */
export const MAX_SELECTED = 100;

/** Messages that a moderator chooses, to remove them together. */
export function createSelection(messages: () => readonly Message[]) {
  const [chosen, setChosen] = createSignal<ReadonlySet<Snowflake>>();
  let anchor: Snowflake | undefined;

  /** From the one chosen last to this one, in the order they stand. */
  function range(to: Snowflake): Snowflake[] {
    const ids = messages()
      .filter((message) => message.removedAt === null)
      .map((message) => message.id);
    const [from, until] = [ids.indexOf(anchor ?? to), ids.indexOf(to)];
    if (from < 0 || until < 0) return [to];
    return ids.slice(Math.min(from, until), Math.max(from, until) + 1);
  }

  return {
    /** Undefined while nobody selects. */
    chosen,
    isOn: () => chosen() !== undefined,
    has: (id: Snowflake) => chosen()?.has(id) === true,
    start(id: Snowflake): void {
      anchor = id;
      setChosen(new Set([id]));
    },
    toggle(id: Snowflake, withRange: boolean): void {
      const next = new Set(chosen());
      if (withRange) for (const each of range(id)) next.add(each);
      else if (!next.delete(id)) next.add(id);
      anchor = id;
      setChosen(new Set([...next].slice(0, MAX_SELECTED)));
    },
    stop: () => setChosen(undefined),
  };
}
