import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Snowflake } from '@harmonium/api/ids';
import type { Entry, Saying, Shown, Testimony } from './record.ts';

/** What is wrong, in words; nothing is wrong where all lists are empty. */
export interface Findings {
  /** Acknowledged, and not there. */
  lost: string[];
  /** There more often than it was written. */
  doubled: string[];
  /** Not in the order that others saw. */
  disordered: string[];
  /** Skipped by a replay that said to be whole. */
  gaps: string[];
  /** There, but other than it was written or is stored. */
  altered: string[];
}

/** Compares what all clients bear witness of with each other and with the database. */
export function check(testimonies: readonly Testimony[], stored: readonly Shown[]): Findings {
  const findings: Findings = { lost: [], doubled: [], disordered: [], gaps: [], altered: [] };
  const rows = new Map(stored.map((row) => [row.id, row]));
  checkSayings(testimonies, rows, findings);
  for (const testimony of testimonies) {
    checkReplays(testimony, findings);
    checkView(testimony, rows, findings);
  }
  checkOrder(testimonies, findings);
  return findings;
}

export function isClean(findings: Findings): boolean {
  return Object.values(findings).every((list: string[]) => list.length === 0);
}

/** What was written is what is stored: each saying once, and nothing else. */
function checkSayings(
  testimonies: readonly Testimony[],
  rows: ReadonlyMap<Snowflake, Shown>,
  { lost, doubled, altered }: Findings,
): void {
  const last = new Map<Snowflake, Saying>();
  for (const { name, sayings } of testimonies) {
    const made = new Set<Snowflake>();
    for (const saying of sayings) {
      const { id, nonce } = saying;
      if (id === undefined) lost.push(`${name} was never answered about ${nonce}`);
      else {
        if (!made.has(id) && last.has(id)) doubled.push(`${id} is the answer to two who wrote`);
        made.add(id);
        last.set(id, saying);
      }
    }
  }
  for (const [id, { content }] of last) {
    const row = rows.get(id);
    if (row === undefined) lost.push(`${id} was acknowledged and is not stored`);
    else if ((row.removedAt === null ? row.content : undefined) !== content) {
      altered.push(`${id} was left as ${quoted(content)} and is stored as ${quoted(row.content)}`);
    }
  }
  for (const id of rows.keys()) {
    if (!last.has(id)) doubled.push(`${id} is stored, and nobody was told so who wrote it`);
  }
}

/** Event by event, without a step left out, except where a snapshot stands for what is left out. */
function checkReplays({ name, entries }: Testimony, { gaps, doubled }: Findings): void {
  let seq: number | undefined;
  for (const entry of entries) {
    if (entry.kind === 'snapshot') seq = entry.seq;
    else if (entry.kind === 'event' || entry.kind === 'reaction') {
      if (seq !== undefined && entry.seq > seq + 1) {
        gaps.push(`${name} heard ${entry.seq} after ${seq}`);
      } else if (seq !== undefined && entry.seq <= seq) {
        doubled.push(`${name} was shown ${entry.seq} again after ${seq}`);
      }
      seq = entry.seq;
    } else if (seq !== entry.to) gaps.push(`${name} was resumed to ${entry.to} and is at ${seq}`);
  }
}

/** At the end everybody sees what is stored. */
function checkView(
  { name, view }: Testimony,
  rows: ReadonlyMap<Snowflake, Shown>,
  { lost, doubled, disordered, altered }: Findings,
): void {
  const seen = new Set<Snowflake>();
  let above: Snowflake | undefined;
  for (const message of view) {
    const { id } = message;
    if (seen.has(id)) doubled.push(`${name} sees ${id} twice`);
    else if (above !== undefined && compareSnowflakes(id, above) < 0) {
      disordered.push(`${name} sees ${id} below ${above}`);
    }
    seen.add(id);
    above = id;
    const row = rows.get(id);
    if (row === undefined) doubled.push(`${name} sees ${id}, which is not stored`);
    else if (!isSame(message, row)) {
      altered.push(`${name} sees ${id} as ${shown(message)}, not ${shown(row)}`);
    }
  }
  for (const id of rows.keys()) if (!seen.has(id)) lost.push(`${name} does not see ${id}`);
}

/** An event has one place, for everyone; and what is written later stands lower. */
function checkOrder(testimonies: readonly Testimony[], { disordered, altered }: Findings): void {
  const places = new Map<number, Entry & { kind: 'event' }>();
  for (const { name, entries } of testimonies) {
    for (const entry of entries) {
      if (entry.kind !== 'event') continue;
      const known = places.get(entry.seq);
      if (known === undefined) places.set(entry.seq, entry);
      else if (known.message.id !== entry.message.id || known.type !== entry.type) {
        disordered.push(`${name} heard ${entry.message.id} as ${entry.seq}, others another`);
      } else if (known.message.content !== entry.message.content && !isRedacted(known, entry)) {
        altered.push(`${name} heard ${entry.seq} in other words than others`);
      }
    }
  }
  let above: Snowflake | undefined;
  for (const [seq, { type, message }] of [...places].sort(([a], [b]) => a - b)) {
    if (type !== 'message.created') continue;
    if (above !== undefined && compareSnowflakes(message.id, above) <= 0) {
      disordered.push(`${message.id} came as ${seq}, after ${above}`);
    }
    above = message.id;
  }
}

/** A replay names what was removed meanwhile, without its words. */
function isRedacted(...entries: (Entry & { kind: 'event' })[]): boolean {
  return entries.some(({ message }) => message.removedAt !== null);
}

function isSame(a: Shown, b: Shown): boolean {
  return (
    a.content === b.content &&
    at(a.editedAt) === at(b.editedAt) &&
    at(a.removedAt) === at(b.removedAt) &&
    (a.reacted ?? 0) === (b.reacted ?? 0)
  );
}

function at(time: string | null): number | undefined {
  return time === null ? undefined : Date.parse(time);
}

function shown({ content, reacted = 0 }: Shown): string {
  return reacted === 0 ? quoted(content) : `${quoted(content)} (${reacted} reacted)`;
}

function quoted(content: string | undefined): string {
  return content === undefined ? 'removed' : `“${content.slice(0, 40)}”`;
}
