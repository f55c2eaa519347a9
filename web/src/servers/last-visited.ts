const KEY = 'harmonium.visited';

interface Visited {
  serverId?: string;
  /** Last channel by server id. */
  channels: Record<string, string>;
}

export interface LastVisited {
  server(): string | undefined;
  channel(serverId: string): string | undefined;
  visit(serverId: string, channelId: string): void;
}

/** Where the reader was last, kept in this browser. */
export function createLastVisited(storage: Pick<Storage, 'getItem' | 'setItem'>): LastVisited {
  return {
    server: () => read(storage).serverId,
    channel: (serverId) => read(storage).channels[serverId],
    visit(serverId, channelId) {
      const { channels } = read(storage);
      const visited: Visited = { serverId, channels: { ...channels, [serverId]: channelId } };
      storage.setItem(KEY, JSON.stringify(visited));
    },
  };
}

function read(storage: Pick<Storage, 'getItem'>): Visited {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return { channels: {} };
    const { serverId, channels } = stored as Partial<Record<keyof Visited, unknown>>; // Checked below.
    return {
      ...(typeof serverId === 'string' ? { serverId } : {}),
      channels: isTextRecord(channels) ? channels : {},
    };
  } catch {
    return { channels: {} };
  }
}

function isTextRecord(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => typeof each === 'string')
  );
}
