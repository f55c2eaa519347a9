import type { Snowflake } from '@harmonium/api/ids';
import { makeZip } from 'client-zip';
import type { Core } from '../../announce.ts';
import { findUser } from '../../users/find-user.ts';
import { exportFiles } from './export-files.ts';
import { watchEnd } from './watch-end.ts';

/**
 * Everything the instance holds of a user and nothing anyone else wrote, as a zip that is made while
 * it is read: however much there is, a page of it at a time is in memory.
 */
export async function exportAccount(core: Core, userId: Snowflake): Promise<Response> {
  const user = await findUser(core, userId);
  const { stream, ended } = watchEnd(makeZip(exportFiles(core, user)));
  // The database stays open until the last page was read.
  core.background(
    ended.catch((error: unknown) => core.log.error('an export broke off', { userId, error })),
  );
  return new Response(stream, {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="harmonium-export.zip"',
    },
  });
}
