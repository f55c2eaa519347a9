import { readFileSync } from 'node:fs';

/** Of Linux' process times, on every machine that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * How much of `cores` this process and its workers used since the last call, 0 to 1. Where the
 * system does not tell of other processes, only this one counts.
 */
export function cpuShare(options: {
  pids: () => readonly number[];
  cores: number;
  now: () => number;
}): () => number {
  let before = { at: options.now(), used: usedMs(options.pids()) };
  return () => {
    const after = { at: options.now(), used: usedMs(options.pids()) };
    const available = (after.at - before.at) * options.cores;
    // Less than before: a worker died and took its times along.
    const used = Math.max(0, after.used - before.used);
    before = after;
    return available > 0 ? Math.min(1, used / available) : 0;
  };
}

function usedMs(pids: readonly number[]): number {
  const { user, system } = process.cpuUsage();
  return pids.reduce((sum, pid) => sum + usedByMs(pid), (user + system) / 1000);
}

function usedByMs(pid: number): number {
  try {
    // What is before the last parenthesis is the command's name, which may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isFinite(ticks) ? (ticks / TICKS_PER_SECOND) * 1000 : 0;
  } catch {
    return 0;
  }
}
