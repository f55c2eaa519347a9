import type { Load, Needs } from './model.ts';

/** For the terminal: what was asked, and what it takes. */
export function sayNeeds(load: Load, needs: Needs): string {
  const { cores, memory, megabits, disk, roomProcesses, voiceWorkers } = needs;
  const people = Math.round(load.users * load.online);
  return [
    `${said(load.users)} accounts, ${said(people)} of them online at the busiest; then ` +
      `${said(load.messages)} messages a second, each heard by ${said(load.audience)}; ` +
      `${said(load.calls)} calls of ${said(load.inCall)}; ${said(load.uploads)} MB of files each a month.`,
    '',
    ...lines('CPU, cores busy', cores),
    ...lines('memory, MB', memory),
    ...lines('sent, Mbit/s', megabits),
    ...lines('disk, GB a month', disk),
    '',
    `ROOM_PROCESSES=${roomProcesses} SFU_WORKERS=${voiceWorkers}`,
    adviceFor(needs),
  ].join('\n');
}

function lines(what: string, parts: Record<string, number>): string[] {
  const sum = Object.values(parts).reduce((all, one) => all + one, 0);
  const each = Object.entries(parts).map(([name, value]) => `${name} ${said(value)}`);
  return [`${what.padEnd(18)} ${said(sum).padStart(7)}   ${each.join(', ')}`];
}

/** Cores and memory come in powers of two, and some of each is for what nobody foresees. */
function adviceFor({ cores, memory }: Needs): string {
  const busy = Object.values(cores).reduce((all, one) => all + one, 0);
  const megabytes = Object.values(memory).reduce((all, one) => all + one, 0);
  const machineCores = Math.max(2, 2 ** Math.ceil(Math.log2(busy / 0.6)));
  const gigabytes = Math.max(2, 2 ** Math.ceil(Math.log2((megabytes * 2) / 1024)));
  return machineCores > 32
    ? 'This is more than one machine: docs/scaling.md says what may go to others.'
    : `One machine of ${machineCores} cores and ${gigabytes} GB.`;
}

function said(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(2)));
}
