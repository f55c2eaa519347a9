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

export function readCount(answer: unknown): Count {
  if (!Array.isArray(answer)) throw new TypeError('the cache answered no count');
  const [count, closesIn] = answer.map(Number);
  if (count === undefined || closesIn === undefined) throw new TypeError('half a count');
  return { count, closesIn: Math.max(0, closesIn) };
}
