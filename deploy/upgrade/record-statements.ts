import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Client, QueryConfig } from 'pg';
import type { Statement } from './statement.ts';

/**
 * `node --import` this before the api of a checkout: what it asks of its database is written to
 * STATEMENTS, a line each, as it is answered.
 */

const file = process.env['STATEMENTS'] ?? '';
// The driver that the api itself finds.
const require = createRequire(join(process.cwd(), 'api/package.json'));
const { prototype } = (require('pg') as { Client: { prototype: Client } }).Client;
const query: (...given: unknown[]) => unknown = prototype.query;

function recorded(this: Client, config: unknown, ...rest: unknown[]): unknown {
  const answer = query.call(this, config, ...rest);
  if (!(answer instanceof Promise)) return answer;
  return answer.then((result: { rowCount: number | null }) => {
    if (isQuery(config)) note(config.text, rest[0] ?? config.values, result.rowCount);
    return result;
  });
}
Object.assign(prototype, { query: recorded });

function isQuery(config: unknown): config is QueryConfig {
  return typeof config === 'object' && config !== null && 'text' in config;
}

function note(text: string, values: unknown, rows: number | null): void {
  const statement = { text, values: Array.isArray(values) ? values : [], rows: rows ?? 0 };
  appendFileSync(file, `${JSON.stringify(statement satisfies Statement)}\n`);
}
