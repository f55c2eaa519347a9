import { runCommand, type RunCommand } from './run-command.ts';
import { MAKE_READY, type Problem } from './problem.ts';

/** What the recipe builds with. The libraries a finished worker runs with come along. */
export const DEBIAN_PACKAGES = [
  'cmake',
  'ninja-build',
  'g++',
  'pkg-config',
  'flatbuffers-compiler',
  'libflatbuffers-dev',
  'libssl-dev',
  'libuv1-dev',
  'libsrtp2-dev',
  'libabsl-dev',
];

const LOOK_LIMIT_MS = 30_000;
const INSTALL_LIMIT_MS = 600_000;
const INSTALL = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'];

export interface Machine {
  isRoot: boolean;
  run: RunCommand;
}

const thisMachine: Machine = { isRoot: process.getuid?.() === 0, run: runCommand };

/**
 * Sees to the packages the build needs: installs what is missing where that is ours to do, else
 * answers with the command that does it. Not on Debian or its kin: the build itself shows what is
 * missing.
 */
export async function ensureDebianPackages(
  log: (line: string) => void,
  machine: Machine = thisMachine,
): Promise<{ installed: string[] } | Problem> {
  const missing = await missingPackages(machine.run);
  if (missing.length === 0) return { installed: [] };
  if (!machine.isRoot) {
    return {
      reason: `To build the voice worker, this machine lacks: ${missing.join(', ')}.`,
      mend: `sudo apt-get install -y --no-install-recommends ${missing.join(' ')} && ${MAKE_READY}`,
    };
  }

  log(`Installing what the voice worker is built with (apt-get install ${missing.join(' ')})…`);
  const tail = await install(missing, machine.run);
  if (tail === undefined) return { installed: missing };

  for (const line of tail) log(`  ${line}`);
  return {
    reason: `To build the voice worker, this machine lacks packages that apt-get could not install: ${missing.join(', ')}.`,
    mend: `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')} && ${MAKE_READY}`,
  };
}

async function missingPackages(run: RunCommand): Promise<string[]> {
  const installed = new Set<string>();
  // It fails when it knows nothing of a package, and still tells about the others.
  const outcome = await run(
    'dpkg-query',
    ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...DEBIAN_PACKAGES],
    {
      limitMs: LOOK_LIMIT_MS,
      onLine: (line) => {
        const [name, status] = line.split(' ');
        if (name !== undefined && status === 'installed') installed.add(name);
      },
    },
  );
  return outcome.missing ? [] : DEBIAN_PACKAGES.filter((name) => !installed.has(name));
}

/** The last lines of apt-get when it failed. */
async function install(names: string[], run: RunCommand): Promise<string[] | undefined> {
  const options = {
    limitMs: INSTALL_LIMIT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  const first = await run('apt-get', [...INSTALL, ...names], options);
  if (first.code === 0) return undefined;

  // A fresh image has no package lists, an old one names versions that are gone.
  await run('apt-get', ['update'], options);
  const second = await run('apt-get', [...INSTALL, ...names], options);
  return second.code === 0 ? undefined : second.tail.slice(-8);
}
