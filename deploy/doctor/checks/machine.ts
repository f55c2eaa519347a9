import { existsSync } from 'node:fs';
import { access, constants, readFile, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { bad, ok, warn, wordsOf, type Check, type Finding } from '../finding.ts';

const MIN_NODE = 24;
/** Below this much free space a busy evening can fill the disk. */
const LITTLE_SPACE_BYTES = 2 * 1024 ** 3;
const NO_SPACE_BYTES = 200 * 1024 ** 2;
/** A socket is an open file, and so is much else. */
const MIN_OPEN_FILES = 4_096;
/** This code was not written before. */
const EARLIEST = Date.UTC(2026, 0, 1);

export const nodeVersion: Check = () => {
  const [major = '0'] = process.versions.node.split('.');
  const says = `Node ${process.versions.node}`;
  return Number(major) >= MIN_NODE
    ? [ok('node', says)]
    : [
        bad(
          'node',
          says,
          `Start it by npm, which brings Node ${MIN_NODE}: npm ci, then npm start.`,
        ),
      ];
};

export const clock: Check = () =>
  Date.now() < EARLIEST
    ? [
        bad(
          'clock',
          `The clock says ${new Date().toISOString()}.`,
          'Set it, and keep it by NTP: ids and tickets are made of the time.',
        ),
      ]
    : [ok('clock', new Date().toISOString())];

export const dataFolder: Check = async ({ environment }) => {
  const { dataDir, uploadDir, s3 } = environment;
  const isApart = s3 === undefined && !resolve(uploadDir).startsWith(`${resolve(dataDir)}/`);
  const folders = isApart ? [dataDir, uploadDir] : [dataDir];
  const findings = await Promise.all(folders.map((folder) => lookAtFolder(resolve(folder))));
  return findings.flat();
};

async function lookAtFolder(folder: string): Promise<Finding[]> {
  const there = nearest(folder);
  try {
    await access(there, constants.W_OK | constants.X_OK);
  } catch (error) {
    return [
      bad(
        'data folder',
        `${there} cannot be written to: ${wordsOf(error)}`,
        'Give it to the user that runs Harmonium, or set DATA_DIR.',
      ),
    ];
  }
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const says = `${folder}: ${(free / 1024 ** 3).toFixed(1)} GB free`;
  const cure = 'Make room: when the disk is full, rooms refuse what is said.';
  if (free < NO_SPACE_BYTES) return [bad('data folder', says, cure)];
  return [free < LITTLE_SPACE_BYTES ? warn('data folder', says, cure) : ok('data folder', says)];
}

/** The folder itself, or where it will be made. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

export const openFiles: Check = async () => {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const found = /^Max open files\s+(\d+|unlimited)/m.exec(limits)?.[1];
  if (found === undefined) return [];
  if (found === 'unlimited' || Number(found) >= MIN_OPEN_FILES) {
    return [ok('open files', `up to ${found}`)];
  }
  return [
    warn(
      'open files',
      `At most ${found} files and sockets at a time.`,
      `Raise it (ulimit -n, LimitNOFILE=, or ulimits: in compose) to ${MIN_OPEN_FILES} or more.`,
    ),
  ];
};
