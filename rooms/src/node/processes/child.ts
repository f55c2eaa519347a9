import { Socket } from 'node:net';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { placeOf } from '../../../contract/placement.ts';
import type { RoomPublisher } from '../../../contract/publish.ts';
import { createRoomsApi } from '../../rooms-api.ts';
import { createNodeHost, type NodeHost } from '../host.ts';
import { createLog } from '../log.ts';
import { Calls, reply } from './calls.ts';
import { takeOver } from './handover.ts';
import type { Ask, RoomProcessSettings, ToParent, ToProcess } from './message.ts';
import { patiently } from './spread.ts';

/** One process of rooms; its parent forked it, and gives it sockets. */

const calls = new Calls(say);
const processMetrics = new Registry();
let host: NodeHost | undefined;
let isClosing = false;

process.on('message', (message, handle) => void hear(message as ToProcess, handle)); // Our parent runs this very code.
// Whoever asks the parent to stop may ask all of its group; it stops us when its own work is done.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => void close());
// It lives as long as its parent, whatever was loaded before it and let go of the channel.
process.channel?.ref();

async function hear(message: ToProcess, handle: unknown): Promise<void> {
  switch (message.type) {
    case 'open':
      return open(message.settings);
    case 'upgrade':
      say({ type: 'took' });
      if (!(handle instanceof Socket)) return; // It broke on its way.
      if (host === undefined) handle.destroy();
      else host.handleUpgrade(...takeOver(message, handle));
      return;
    case 'call':
      return reply(message.id, () => answer(message.ask), say);
    case 'answer':
    case 'failed':
      return calls.settle(message);
    case 'close':
      return close();
  }
}

async function open(settings: RoomProcessSettings): Promise<void> {
  const { place, dataDir, jwtSecret, apiUrl, rateLimitScale, logLevel } = settings;
  const log = createLog(logLevel).child({ place });
  collectDefaultMetrics({
    register: processMetrics,
    prefix: 'harmonium_room_',
    labels: { place },
    eventLoopMonitoringPrecision: 20,
  });
  const serviceTokens = createServiceTokens(jwtSecret);
  try {
    // The one before us may not be quite gone.
    host = await patiently(() =>
      createNodeHost({
        dataDir,
        tickets: createTicketKeys(jwtSecret),
        serviceTokens,
        api: createRoomsApi({ baseUrl: apiUrl, fetch, tokens: serviceTokens }),
        log,
        rateLimitScale,
        rooms: wherever(settings),
      }),
    );
    if (isClosing) await host.close();
    else say({ type: 'ready' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say({ type: 'refused', reason }, () => process.exit(1));
  }
}

/** Rooms of this process are reached without a hop. */
function wherever({ place, places }: RoomProcessSettings): RoomPublisher {
  return {
    publish: async (party, roomId, events) => {
      const isHere = placeOf(party, roomId, places) === place;
      if (isHere && host !== undefined) return host.publisher.publish(party, roomId, events);
      return calls.ask('publish', { party, roomId, events });
    },
  };
}

function answer(ask: Ask): unknown {
  if (host === undefined) throw new Error('The rooms are not open yet.');
  switch (ask.what) {
    case 'publish':
      return host.publisher.publish(ask.party, ask.roomId, ask.events);
    case 'stats':
      return host.stats();
    case 'metrics':
      return metricsOf(host);
  }
}

async function metricsOf(rooms: NodeHost): Promise<object[]> {
  const registries = [await rooms.metrics(), processMetrics];
  return Registry.merge(registries).getMetricsAsJSON();
}

async function close(): Promise<void> {
  if (isClosing) return;
  isClosing = true;
  await host?.close();
  process.exit();
}

function say(message: ToParent, said = () => {}): void {
  if (process.connected) process.send?.(message, undefined, undefined, said);
}
