import type { Environment } from '../../api/src/config.ts';
import { publicAddress } from './checks/address.ts';
import { backupsIn } from './checks/backups.ts';
import { bucketFromBrowsers } from './checks/bucket.ts';
import { clock, dataFolder, nodeVersion, openFiles } from './checks/machine.ts';
import { mail } from './checks/mail.ts';
import { mediaPorts } from './checks/media-ports.ts';
import { healthAt, running } from './checks/running.ts';
import { secrets } from './checks/secrets.ts';
import { cache, database, files } from './checks/stores.ts';
import { turn } from './checks/turn.ts';
import { voiceNodes } from './checks/voice-nodes.ts';
import { mediaAddress, worker } from './checks/voice.ts';
import { bad, wordsOf, type Check, type Finding } from './finding.ts';

/** In the order in which they are told. */
const CHECKS: readonly Check[] = [
  nodeVersion,
  clock,
  openFiles,
  dataFolder,
  secrets,
  running,
  database,
  cache,
  files,
  bucketFromBrowsers,
  publicAddress,
  worker,
  mediaAddress,
  voiceNodes,
  mediaPorts,
  turn,
  mail,
];

/** Everything that can be looked at from this machine, without changing anything on it. */
export async function examine(
  environment: Environment,
  backupFolder = './backups',
): Promise<Finding[]> {
  const health = await healthAt(`http://127.0.0.1:${environment.port}`);
  const findings: Finding[] = [];
  // One after the other: two of them try the same ports.
  for (const check of [...CHECKS, backupsIn(backupFolder)]) {
    try {
      findings.push(...(await check({ environment, health })));
    } catch (error) {
      findings.push(bad(check.name, wordsOf(error), 'This is a fault of the doctor: tell us.'));
    }
  }
  return findings;
}
