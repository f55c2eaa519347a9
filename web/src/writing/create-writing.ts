import { createMemo, createSignal } from 'solid-js';
import { editField } from './edit-field.ts';
import { formatted } from './format.ts';
import type { Format } from './format.ts';
import { NOTHING_PICKED, canStand, wireText } from './named-text.ts';
import type { NamedText } from './named-text.ts';

/** Something that stands in the text by its name. */
export interface Pick {
  /** Tried in turn: where somebody else goes by the first, the next is taken. */
  shown: readonly string[];
  wire: string;
}

export type Writing = ReturnType<typeof createWriting>;

/** What is being written in one field: its text, and what in it stands for something else. */
export function createWriting(start: NamedText = { text: '', picked: NOTHING_PICKED }) {
  const [text, setText] = createSignal(start.text);
  const [picked, setPicked] = createSignal(start.picked);
  const wire = createMemo(() => wireText({ text: text(), picked: picked() }));
  let field: HTMLTextAreaElement | undefined;

  function insert(words: string, from: number, to: number): void {
    const caret = from + words.length;
    if (field !== undefined) editField(field, { from, to, text: words, select: [caret, caret] });
  }

  function insertWord(word: string): void {
    const at = field?.selectionStart ?? text().length;
    const space = at > 0 && !/\s/.test(text()[at - 1] ?? ' ') ? ' ' : '';
    insert(`${space}${word} `, at, field?.selectionEnd ?? at);
  }

  /** What stands for it in the text, from now on. */
  function nameOf({ shown, wire: id }: Pick): string {
    const name = shown.find((each) => canStand(each, id, picked())) ?? id;
    if (name !== id) setPicked((held) => new Map(held).set(name, id));
    return name;
  }

  return {
    text,
    picked,
    /** As it is sent. */
    wire,
    named: (): NamedText => ({ text: text(), picked: picked() }),
    setText: (next: string) => void setText(next),
    replace(next: NamedText): void {
      setPicked(next.picked);
      setText(next.text);
    },
    learn: (next: NamedText['picked']) => void setPicked(next),
    attach: (element: HTMLTextAreaElement) => void (field = element),
    field: () => field,
    focus: () => field?.focus({ preventScroll: true }),
    /** In place of what stands there; undone like what was typed. */
    insert,
    /** At the caret, apart from the word before it. */
    insertWord,
    insertPick: (pick: Pick) => insertWord(nameOf(pick)),
    /** What already stands in the text by its name. */
    notice: (pick: Pick) => void nameOf(pick),
    pick(picks: Pick, from: number, to: number): void {
      const name = nameOf(picks);
      const isApart = /\s/.test(text()[to] ?? '');
      insert(isApart ? name : `${name} `, from, to);
    },
    format(kind: Format): void {
      if (field === undefined) return;
      editField(field, formatted(text(), field.selectionStart, field.selectionEnd, kind));
    },
  };
}
