import type { Load } from './model.ts';

type Given = Record<string, string | undefined>;

/** What is not said is taken from what communities are like. */
export function readLoad(given: Given): Load {
  const users = readNumber(given, 'users', 1_000);
  const online = readShare(given['online'] ?? '20%');
  const people = users * online;
  const messages = readNumber(given, 'messages', people / 100);
  return {
    users,
    online,
    messages,
    audience: readNumber(given, 'audience', Math.max(2, people / 10)),
    busyChannels: readNumber(given, 'channels', 10),
    calls: readNumber(given, 'calls', Math.ceil(people / 50)),
    inCall: readNumber(given, 'in-call', 5),
    uploads: readNumber(given, 'uploads', 20),
  };
}

function readNumber(given: Given, name: string, otherwise: number): number {
  const text = given[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} is a number, as --${name} ${Math.ceil(otherwise)}; not "${text}".`);
}

function readShare(text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const value = Number(digits) / (percent === '%' ? 100 : 1);
  if (value >= 0 && value <= 1) return value;
  throw new Error(`--online is a share, as --online 20%; not "${text}".`);
}
