import { openPglite } from '../src/adapters/db-pglite.ts';
import { settings } from '../src/db/schema.ts';

/** Writes rows 1, 2, 3… to the embedded database and says each when it is committed. */
const [, , folder = ''] = process.argv;
const { db } = await openPglite({ folder });
for (let row = 1; ; row += 1) {
  await db.insert(settings).values({ name: `row ${row}`, value: String(row) });
  process.stdout.write(`${row}\n`);
}
