import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** `node .ci/prepare.ts deploy`: what `npm run test:deploy` needs besides. */
const forDeploy = [
  { package: 'libnss3-tools', isThere: () => isInPath('certutil') },
  { package: 'wget', isThere: () => isInPath('wget') },
];

/** What the tests run beside the product, and the Debian package each comes in. */
const programs = [
  ...(process.argv.includes('deploy') ? forDeploy : []),
  { package: 'chromium', isThere: () => isInPath('chromium') },
  {
    package: 'postgresql',
    isThere: () => globSync('/usr/lib/postgresql/*/bin/postgres').length > 0,
  },
  { package: 'redis-server', isThere: () => isInPath('redis-server') },
  { package: 'caddy', isThere: () => isInPath('caddy') },
  { package: 'coturn', isThere: () => isInPath('turnserver') },
  // Calls over networks that change.
  { package: 'iproute2', isThere: () => isInPath('ip') },
  // Plays the browser in a DTLS handshake with the voice worker.
  { package: 'openssl', isThere: () => isInPath('openssl') },
];

function isInPath(name: string): boolean {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, name)));
}

function missing(): string[] {
  return programs.filter(({ isThere }) => !isThere()).map((program) => program.package);
}

/** Runs a command in the open. @returns whether it went well */
function run(command: string, ...parameters: string[]): boolean {
  const { status } = spawnSync(command, parameters, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

function install(packages: string[]): void {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !isInPath('apt-get')) return;
  console.log(`The tests need ${packages.join(', ')}: installing with apt-get.`);
  // A fresh machine has no package lists; an old list names versions that are gone.
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  run('apt-get', ...wait, '-qq', 'update');
  run('apt-get', ...wait, '-qq', 'install', '--yes', '--no-install-recommends', ...packages);
}

const wanted = missing();
if (wanted.length > 0) install(wanted);

const stillMissing = missing();
if (stillMissing.length > 0) {
  console.error(`The tests need ${stillMissing.join(', ')}, which could not be installed. Run:

  sudo apt-get update && sudo apt-get install --yes ${stillMissing.join(' ')}
`);
  process.exitCode = 1;
} else if (!run(process.execPath, 'sfu/worker/main.ts')) {
  console.error('Without the voice worker the tests of calls cannot run.');
  process.exitCode = 1;
}
