import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Party } from '../../contract/publish.ts';
import type { Backlog } from '../host.ts';
import { Tally } from './tally.ts';

/** What is looked at in a room in memory. */
interface Watched {
  readonly party: Party;
  readonly size: number;
  backlog(): Backlog | undefined;
}

interface RoomsMetricsOptions {
  /** Those in memory now. */
  rooms: () => Iterable<Watched>;
  now: () => number;
}

/** Values under the names of their labels. */
type Counted = Iterable<readonly [labels: Record<string, string>, value: number]>;

const PARTIES = ['main', 'server', 'user'] as const satisfies Party[];
/** Seconds: from a commit on a good disk to a tick that everyone feels. */
const TICK_BUCKETS = [0.000_25, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/**
 * The rooms of one process as Prometheus reads them. What happens often is counted in plain numbers
 * (`Tally`), and becomes a metric when somebody asks.
 */
export class RoomsMetrics {
  readonly registry = new Registry();
  readonly #tallies: Record<Party, Tally> = {
    main: new Tally(),
    server: new Tally(),
    user: new Tally(),
  };
  readonly #options: RoomsMetricsOptions;
  readonly #ticks = this.#timing('tick', 'Handling, commit and writes of one tick.');
  readonly #commits = this.#timing('commit', 'The part of a tick that makes it durable.');
  #storageFailures = 0;

  constructor(options: RoomsMetricsOptions) {
    this.#options = options;
    this.#countFrames();
    this.#countSockets();
    this.#watchRooms();
    this.#watchOutboxes();
  }

  of(party: Party): Tally {
    return this.#tallies[party];
  }

  /** In milliseconds. */
  ticked(time: number): void {
    this.#ticks.observe(time / 1000);
  }

  /** In milliseconds. */
  committed(time: number): void {
    this.#commits.observe(time / 1000);
  }

  storageFailed(): void {
    this.#storageFailures += 1;
  }

  #countFrames(): void {
    this.#count('frames_in', 'Frames heard.', [], ({ framesIn }) => [[{}, framesIn]]);
    this.#count('frames_out', 'Frames sent, once a socket.', [], ({ framesOut }) => [
      [{}, framesOut],
    ]);
    this.#count('bytes_out', 'Bytes of these frames.', [], ({ bytesOut }) => [[{}, bytesOut]]);
    this.#count('rejected', 'Requests of members and bots refused.', ['code'], ({ rejections }) =>
      [...rejections].map(([code, count]) => [{ code }, count]),
    );
    this.registry.registerMetric(
      counter('storage_failures', 'Commits that the disk refused.', [], () => [
        [{}, this.#storageFailures],
      ]),
    );
  }

  #countSockets(): void {
    this.#count('admitted', 'Sockets let in.', [], ({ admitted }) => [[{}, admitted]]);
    this.#count('refused', 'Sockets not let in.', ['reason'], ({ refusals }) =>
      [...refusals].map(([reason, count]) => [{ reason }, count]),
    );
    this.#count('closed', 'Sockets that a room closed.', ['reason'], ({ closes }) =>
      [...closes].map(([reason, count]) => [{ reason }, count]),
    );
    this.#count('entered', 'Channels opened, by what it took.', ['by'], ({ entries }) =>
      [...entries].map(([by, count]) => [{ by }, count]),
    );
  }

  #watchRooms(): void {
    const sum = (read: (room: Watched) => number) => (): Counted => {
      const sums: Record<Party, number> = { main: 0, server: 0, user: 0 };
      for (const room of this.#options.rooms()) sums[room.party] += read(room);
      return PARTIES.map((party) => [{ party }, sums[party]]);
    };
    const sockets = gauge(
      'connections',
      'Sockets in rooms.',
      ['party'],
      sum(({ size }) => size),
    );
    this.registry.registerMetric(sockets);
    this.registry.registerMetric(
      gauge(
        'in_memory',
        'Rooms in memory.',
        ['party'],
        sum(() => 1),
      ),
    );
  }

  #watchOutboxes(): void {
    const { rooms, now } = this.#options;
    const events = () => {
      let sum = 0;
      for (const room of rooms()) sum += room.backlog()?.events ?? 0;
      return [[{}, sum]] as const;
    };
    const age = () => {
      let oldest = now();
      for (const room of rooms()) oldest = Math.min(oldest, room.backlog()?.since ?? oldest);
      return [[{}, (now() - oldest) / 1000]] as const;
    };
    this.registry.registerMetric(
      gauge('outbox_events', 'Events that api does not have yet.', [], events),
    );
    this.registry.registerMetric(
      gauge('outbox_oldest_seconds', 'Age of the oldest of them.', [], age, 'max'),
    );
  }

  #timing(name: string, help: string) {
    return new Histogram({
      name: `harmonium_rooms_${name}_seconds`,
      help,
      buckets: TICK_BUCKETS,
      registers: [this.registry],
    });
  }

  #count(name: string, help: string, labels: string[], read: (tally: Tally) => Counted): void {
    const tallies = this.#tallies;
    const counted = function* (): Counted {
      for (const party of PARTIES) {
        for (const [named, count] of read(tallies[party])) yield [{ party, ...named }, count];
      }
    };
    this.registry.registerMetric(counter(name, help, ['party', ...labels], counted));
  }
}

function counter(name: string, help: string, labelNames: string[], read: () => Counted) {
  return new Counter<string>({
    name: `harmonium_rooms_${name}_total`,
    help,
    labelNames,
    registers: [],
    collect() {
      this.reset();
      for (const [labels, value] of read()) this.inc(labels, value);
    },
  });
}

/** @param aggregator how the values of several processes become one */
function gauge(
  name: string,
  help: string,
  labelNames: string[],
  read: () => Counted,
  aggregator: 'sum' | 'max' = 'sum',
) {
  return new Gauge<string>({
    name: `harmonium_rooms_${name}`,
    help,
    labelNames,
    aggregator,
    registers: [],
    collect() {
      for (const [labels, value] of read()) this.set(labels, value);
    },
  });
}
