import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { mediaAddresses } from '../../../sfu/src/node/media-addresses.ts';
import { findWorkerPlaces } from '../../../sfu/worker/worker-places.ts';
import { workerWorks } from '../../../sfu/worker/worker-works.ts';
import { bad, ok, warn, wordsOf, type Check, type Finding } from '../finding.ts';
import { reachStun, reachTcp, takeTcp, takeUdp } from '../reach.ts';

const MAX_DEFAULT_WORKERS = 4;
const STUN_PORT = 3478;

export const worker: Check = async () => {
  const places = findWorkerPlaces(process.env);
  if (places === undefined) {
    return [bad('voice worker', 'mediasoup is not installed.', 'npm ci')];
  }
  for (const bin of [places.installedBin, places.cachedBin]) {
    if (await workerWorks(bin).catch(() => false)) return [ok('voice worker', bin)];
  }
  return [
    warn(
      'voice worker',
      'It is not there yet.',
      'The first start downloads or builds it, and says so.',
    ),
  ];
};

/** Where browsers send their voices: the address they are told, and the ports behind it. */
export const mediaAddress: Check = async ({ environment, health }) => {
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
  const hears = health?.checks['sfu']?.ok === true;
  const reached = hears
    ? await reachMedia({ ...environment, announcedIp: told[0] ?? '' })
    : await takeMedia(environment);
  return [...findings, ...reached];
};

interface Media {
  sfuPort: number;
  sfuWorkers?: number;
}

function portsOf({ sfuPort, sfuWorkers }: Media): number[] {
  const workers = sfuWorkers ?? Math.min(availableParallelism(), MAX_DEFAULT_WORKERS);
  return Array.from({ length: workers }, (_, index) => sfuPort + index);
}

async function reachMedia(media: Media & { announcedIp: string }): Promise<Finding[]> {
  const { announcedIp } = media;
  const findings = await Promise.all(
    portsOf(media).map(async (port) => {
      try {
        await reachTcp(port, announcedIp);
        return ok('media ports', `${announcedIp}:${port} answers by TCP`);
      } catch (error) {
        return warn(
          'media ports',
          `${announcedIp}:${port} is not reached from here: ${wordsOf(error)}`,
          'Open it for UDP and TCP. Behind some routers a machine cannot reach its own public address: try from outside.',
        );
      }
    }),
  );
  const failing = findings.filter(({ state }) => state !== 'ok');
  return failing.length > 0 ? failing : findings.slice(0, 1);
}

async function takeMedia(media: Media): Promise<Finding[]> {
  const ports = portsOf(media);
  for (const port of ports) {
    try {
      await Promise.all([takeTcp(port), takeUdp(port)]);
    } catch (error) {
      return [
        bad(
          'media ports',
          `${port}: ${wordsOf(error)}`,
          'Stop what listens there, or set SFU_PORT.',
        ),
      ];
    }
  }
  return [ok('media ports', `${ports.at(0)}-${ports.at(-1)} are free, by UDP and TCP`)];
}

export const turn: Check = async ({ environment }) => {
  if (environment.turn === undefined) {
    return [ok('turn', 'none: who can reach the media ports needs none')];
  }
  return Promise.all(environment.turn.urls.map(lookAtTurn));
};

async function lookAtTurn(url: string): Promise<Finding> {
  const found = /^(turns?|stun):\[?([^\]?]+?)\]?(?::(\d+))?(?:\?transport=(\w+))?$/.exec(url);
  if (found === null) {
    return bad('turn', `${url} is no TURN address.`, 'Write it as turn:host:3478?transport=udp.');
  }
  const [, scheme, host = '', port = String(STUN_PORT), transport = 'udp'] = found;
  try {
    if (transport === 'udp' && scheme !== 'turns') await reachStun(Number(port), host);
    else await reachTcp(Number(port), host);
    return ok('turn', `${url} answers`);
  } catch (error) {
    return bad('turn', `${url}: ${wordsOf(error)}`, 'Check TURN_URLS, and that coturn runs there.');
  }
}

function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}

/** RFC 1918, RFC 6598, and the unique local addresses of RFC 4193. */
function isPrivate(address: string): boolean {
  if (isIP(address) === 6) return /^f[cd]/i.test(address);
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
    address,
  );
}
