import { isPassed, type Outcome } from './run-fault.ts';

const HEAD = [
  'fault',
  'messages',
  'clients',
  'cuts',
  'resumes',
  'snapshots',
  'longest cut',
  'longest wait',
  'drained in',
  'lost',
  'doubled',
  'gaps',
  'order',
  '',
];

/** The outcomes in columns. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = [HEAD, ...outcomes.map(cells)];
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

function cells(outcome: Outcome): string[] {
  const { fault, findings } = outcome;
  return [
    fault.what,
    String(outcome.sayings),
    String(outcome.people),
    String(outcome.cuts),
    String(outcome.resumes),
    String(outcome.snapshots),
    seconds(outcome.longestOutageMs),
    seconds(outcome.longestWaitMs),
    seconds(outcome.drainMs),
    String(findings.lost.length),
    String(findings.doubled.length),
    String(findings.gaps.length),
    findings.disordered.length + findings.altered.length === 0 ? 'one' : 'differs',
    isPassed(outcome) ? 'held' : 'BROKEN',
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 0)} s`;
}
