import { afterAll, beforeAll, describe } from 'vitest';
import { startPostgres } from '../../testing/postgres.ts';
import type { Service } from '../../testing/service.ts';
import { openPostgres } from '../adapters/db-postgres.ts';
import { searchSuite } from './search.suite.ts';

describe('in PostgreSQL', () => {
  let postgres: Service;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.close());
  searchSuite(() => openPostgres({ url: postgres.url }));
});
