import { isMet, ratioOf, type Figure } from './measurement.ts';

const HEAD = ['', 'figure', 'bare', 'ratio', 'aim', ''];

/** The figures of one measurement as text, in columns. */
export function table(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(cells)];
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

function cells(figure: Figure): string[] {
  const { what, unit, value, bare } = figure;
  const ratio = ratioOf(figure);
  const met = isMet(figure);
  return [
    what,
    `${short(value)} ${unit}`,
    bare === undefined ? '' : short(bare),
    ratio === undefined ? '' : `${short(ratio)}x`,
    aimed(figure),
    met === undefined ? '' : met ? 'met' : 'not yet',
  ];
}

function aimed({ aim, unit }: Figure): string {
  if (aim === undefined) return '';
  const [sign, bound] = 'atLeast' in aim ? ['>=', aim.atLeast] : ['<=', aim.atMost];
  return `${sign} ${short(bound)}${aim.of === 'ratio' ? 'x' : ` ${unit}`}`;
}

/** Three digits say all that a noisy machine knows. */
function short(value: number): string {
  if (!Number.isFinite(value)) return '?';
  if (value === 0 || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
