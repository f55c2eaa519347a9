import { openMemoryPglite } from '../adapters/db-pglite.ts';
import { searchSuite } from './search.suite.ts';

searchSuite(() => openMemoryPglite());
