import { parseArgs } from 'node:util';
import { readLoad } from './read-load.ts';
import { needsOf } from './model.ts';
import { sayNeeds } from './say-needs.ts';

/** `npm run capacity -- --users 5000 --online 20% --messages 40`: what an instance of that size takes. */

const text = { type: 'string' } as const;
try {
  const { values } = parseArgs({
    options: {
      users: text,
      online: text,
      messages: text,
      audience: text,
      channels: text,
      calls: text,
      'in-call': text,
      uploads: text,
    },
  });
  const load = readLoad(values);
  console.log(sayNeeds(load, needsOf(load)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
