import { existsSync } from 'node:fs';
import { mediaAddresses } from '../../../sfu/src/node/media-addresses.ts';
import { findWorkerPlaces } from '../../../sfu/worker/worker-places.ts';
import { workerWorks } from '../../../sfu/worker/worker-works.ts';
import { isLoopback, isPrivate } from '../address-kinds.ts';
import { bad, ok, warn, type Check, type Finding } from '../finding.ts';

export const worker: Check = async () => {
  const places = findWorkerPlaces(process.env);
  if (places === undefined) {
    return [bad('voice worker', 'mediasoup is not installed.', 'npm ci')];
  }
  for (const bin of [places.installedBin, places.cachedBin]) {
    // One that is not there would be waited for.
    if (existsSync(bin) && (await workerWorks(bin))) return [ok('voice worker', bin)];
  }
  return [
    warn(
      'voice worker',
      'It is not there yet.',
      'The first start downloads or builds it, and says so.',
    ),
  ];
};

/** Where browsers are told to send their voices. */
export const mediaAddress: Check = async ({ environment }) => {
  const { clientUrl } = environment;
  const addresses = await mediaAddresses(environment.announcedIp);
  const told = addresses.map(({ ip, announced }) => announced ?? ip);
  const words = told.join(', ');
  const isPublic = clientUrl !== undefined && !/\/\/(localhost|127\.|\[::1\])/.test(clientUrl);
  if (isPublic && told.every(isLoopback)) {
    return [
      bad(
        'media address',
        `Browsers are told to send voice to ${words}, which is themselves.`,
        "Set MEDIASOUP_ANNOUNCED_IP to this machine's public address.",
      ),
    ];
  }
  const findings: Finding[] = [];
  if (isPublic && told.every((address) => isLoopback(address) || isPrivate(address))) {
    findings.push(
      warn(
        'media address',
        `${words} is reached from the same network only.`,
        'Set MEDIASOUP_ANNOUNCED_IP to the public address, if people come from elsewhere.',
      ),
    );
  }
  return findings.length > 0 ? findings : [ok('media address', words)];
};
