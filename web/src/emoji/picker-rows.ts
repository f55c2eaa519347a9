import type { MetEmoji } from '@harmonium/api/emoji';

/** What can be picked: an emoji of Unicode or, with a picture, one of a server's own. */
export interface Choice {
  key: string;
  name: string;
  shortcode: string | undefined;
  own?: Pick<MetEmoji, 'image' | 'animated'>;
}

export interface Section {
  id: string;
  title: string;
  choices: readonly Choice[];
}

/** As the list is drawn: a title, or as many choices as stand side by side. */
export type PickerRow =
  | { kind: 'title'; section: string; title: string }
  | { kind: 'choices'; section: string; choices: readonly Choice[] };

export interface Place {
  row: number;
  column: number;
}

export function pickerRows(sections: readonly Section[], columns: number): PickerRow[] {
  const rows: PickerRow[] = [];
  for (const { id: section, title, choices } of sections) {
    if (choices.length > 0) rows.push({ kind: 'title', section, title });
    for (let from = 0; from < choices.length; from += columns) {
      rows.push({ kind: 'choices', section, choices: choices.slice(from, from + columns) });
    }
  }
  return rows;
}

export function choiceAt(rows: readonly PickerRow[], { row, column }: Place): Choice | undefined {
  const held = rows[row];
  return held?.kind === 'choices' ? held.choices[column] : undefined;
}

export function firstPlace(rows: readonly PickerRow[]): Place {
  return { row: Math.max(0, nextLine(rows, -1, 1)), column: 0 };
}

export type PickerStep = 'left' | 'right' | 'up' | 'down';

/** Where an arrow leads; at the edge one stays. */
export function stepFrom(rows: readonly PickerRow[], at: Place, step: PickerStep): Place {
  const width = (row: number): number => {
    const held = rows[row];
    return held?.kind === 'choices' ? held.choices.length : 0;
  };
  if (step === 'left' && at.column > 0) return { ...at, column: at.column - 1 };
  if (step === 'right' && at.column < width(at.row) - 1) return { ...at, column: at.column + 1 };
  const row = nextLine(rows, at.row, step === 'left' || step === 'up' ? -1 : 1);
  if (row < 0) return at;
  if (step === 'left') return { row, column: width(row) - 1 };
  if (step === 'right') return { row, column: 0 };
  return { row, column: Math.min(at.column, width(row) - 1) };
}

/** -1: there is none. */
function nextLine(rows: readonly PickerRow[], from: number, by: 1 | -1): number {
  for (let row = from + by; row >= 0 && row < rows.length; row += by) {
    if (rows[row]?.kind === 'choices') return row;
  }
  return -1;
}
