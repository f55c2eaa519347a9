import type { Count } from '../cache.ts';

/**
 * Counting and reading the window's end are one step, and a counter never lives without an end:
 * with INCR and PEXPIRE apart, a process that dies between the two would lock a user out for good.
 */
export const INCREMENT_SCRIPT = `
local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[1])
  redis.call('PEXPIRE', KEYS[1], left)
end
return {count, left}
`;

/** ARGV: the value afterwards, its seconds, and the value before unless there is to be none. */
export const REPLACE_SCRIPT = `
local there = redis.call('GET', KEYS[1])
if there ~= (ARGV[3] or false) then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
`;

export function replaceArguments(before: string | undefined, after: string, ttl: number): string[] {
  return before === undefined ? [after, String(ttl)] : [after, String(ttl), before];
}

export function readCount(answer: unknown): Count {
  if (!Array.isArray(answer)) throw new TypeError('the cache answered no count');
  const [count, closesIn] = answer.map(Number);
  if (count === undefined || closesIn === undefined) throw new TypeError('half a count');
  return { count, closesIn: Math.max(0, closesIn) };
}
