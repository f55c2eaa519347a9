import { networkInterfaces } from 'node:os';
import { bad, ok, warn, type Finding } from '../finding.ts';
import type { MediaWay } from '../media-ways.ts';
import { isPrivate } from '../address-kinds.ts';

const OPEN_UDP =
  "Open it for UDP in this machine's firewall and the provider's. Until then voice goes by TCP, and stutters on bad lines.";
const OPEN_TCP = 'Open it for TCP as well: some networks let no UDP out.';
const OPEN_BOTH =
  "Open it for UDP and TCP in this machine's firewall and the provider's; with compose MEDIA_PORTS publishes one a worker, from SFU_PORT up.";
const FAR =
  'Open it for UDP and TCP, and let MEDIASOUP_ANNOUNCED_IP be the address that leads here. Some routers let no machine reach its own public address: then test from outside, in settings → Voice and devices → Connection.';

/** What a port answers to, and what not. */
interface Port {
  port: number;
  udp: string | undefined;
  tcp: string | undefined;
}

/**
 * What comes of all ways, by address: one line for the ports that are alike.
 * @param isHere the worker runs on this machine, so that its addresses need no router to be reached
 */
export function tellMediaWays(ways: readonly MediaWay[], isHere: boolean): Finding[] {
  const own = isHere ? ownAddresses() : [];
  const hasAnswered = ways.some(answers);
  return [...Map.groupBy(ways, ({ address }) => address)].flatMap(([address, there]) => {
    // Behind a router that lets nobody back in, nothing at all would answer.
    const isNear = own.includes(address) || there.some(answers);
    // A network of the other machine's own: browsers are told of each, and use what answers.
    if (!isNear && hasAnswered && isPrivate(address)) return [];
    const alike = Map.groupBy(portsIn(there), ({ udp, tcp }) => `${udp}/${tcp}`);
    return [...alike.values()].map((ports) => tell(address, ports, isNear));
  });
}

function answers({ trouble }: MediaWay): boolean {
  return trouble === undefined;
}

function ownAddresses(): string[] {
  const found = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return found.map(({ address }) => address);
}

function portsIn(ways: readonly MediaWay[]): Port[] {
  const troubles = new Map(ways.map((way) => [`${way.protocol} ${way.port}`, way.trouble]));
  const ports = [...new Set(ways.map(({ port }) => port))].sort((a, b) => a - b);
  return ports.map((port) => ({
    port,
    udp: troubles.get(`udp ${port}`),
    tcp: troubles.get(`tcp ${port}`),
  }));
}

function tell(address: string, ports: readonly Port[], isNear: boolean): Finding {
  const about = 'media ports';
  const where = `${inWords(ports)} at ${address}`;
  const [{ udp, tcp } = { udp: undefined, tcp: undefined }] = ports;
  if (udp === undefined && tcp === undefined) {
    return ok(about, `UDP and TCP ${where} answer`);
  }
  if (tcp === undefined) return warn(about, `UDP ${where}: ${udp}; TCP answers`, OPEN_UDP);
  if (udp === undefined) return warn(about, `TCP ${where}: ${tcp}; UDP answers`, OPEN_TCP);
  const says = `UDP and TCP ${where}: ${udp === tcp ? udp : `${udp}; ${tcp}`}`;
  return isNear ? bad(about, says, OPEN_BOTH) : warn(about, says, FAR);
}

function inWords(ports: readonly Port[]): string {
  const numbers = ports.map(({ port }) => port);
  const [first = 0, last = 0] = [numbers.at(0), numbers.at(-1)];
  const isRow = numbers.length > 1 && last - first === numbers.length - 1;
  return isRow ? `${first}-${last}` : numbers.join(', ');
}
