import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * `npm run test:deploy [-- e2e/spine.e2e.ts …]`: the e2e suite against the services of
 * docker-compose.yml, which run as plain processes behind Caddy and its certificate.
 *
 * They have a network of their own, in which every name and port of the compose file is free, and
 * from which nothing else can be reached.
 */

if (process.getuid?.() !== 0) {
  console.error('A network of its own is made by root only: run it with sudo, or in a container.');
  process.exit(1);
}
const namespaces = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
const inside = join(import.meta.dirname, 'inside.ts');
const { status } = spawnSync(
  'unshare',
  [...namespaces, process.execPath, inside, ...process.argv.slice(2)],
  { stdio: ['ignore', 'inherit', 'inherit'] },
);
process.exit(status ?? 1);
