import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Where a worker listens, and what browsers are told instead where the two differ. */
export interface MediaAddress {
  ip: string;
  announced?: string;
}

/** Each is a candidate that every browser tries. */
const MAX_FOUND = 8;

/**
 * Where browsers reach the media ports.
 * @param announced one address, or an IPv4 and an IPv6 one with a comma between; absent: every
 *   address of this machine, which is right wherever browsers see the same ones
 */
export async function mediaAddresses(announced: string | undefined): Promise<MediaAddress[]> {
  return announced === undefined ? findAddresses() : readAnnounced(announced);
}

/** Throws words for people. */
export function readAnnounced(announced: string): MediaAddress[] {
  const given = announced.split(',').map((part) => part.trim());
  const isOdd = given.includes('') || given.length > 2;
  const addresses = given.map((address) => ({
    ip: isIPv6(address) ? '::' : '0.0.0.0',
    announced: address,
  }));
  if (isOdd || new Set(addresses.map(({ ip }) => ip)).size < given.length) {
    throw new Error(
      'MEDIASOUP_ANNOUNCED_IP is one address, or an IPv4 and an IPv6 address with a comma between.',
    );
  }
  return addresses;
}

async function findAddresses(): Promise<MediaAddress[]> {
  const there = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    // Link-local ones name an interface that only this machine knows.
    .filter(({ internal, address }) => !internal && !/^(fe[89ab]|169\.254\.)/i.test(address))
    .map(({ address }) => address);
  const candidates = ['127.0.0.1', ...there].slice(0, MAX_FOUND);
  const usable = await Promise.all(candidates.map(canListen));
  return candidates.filter((_, index) => usable[index]).map((ip) => ({ ip }));
}

/** An address can be there and not be ready yet, or be none of ours any more. */
function canListen(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    const end = (answer: boolean) => {
      socket.close();
      resolve(answer);
    };
    socket.once('error', () => end(false));
    socket.bind(0, address, () => end(true));
  });
}
