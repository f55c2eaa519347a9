import type { Snowflake } from '@harmonium/api/ids';

/** What of a chosen file outlasts the page. */
export interface KeptFile {
  key: string;
  name: string;
  size: number;
  type: string;
  width?: number;
  height?: number;
  /** Of its upload, once it was promised. */
  id?: Snowflake;
}

export type KeptFiles = ReturnType<typeof createKeptFiles>;
type FileStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'length' | 'key'>;

/** Files of one user that are chosen and not yet sent, by channel; survives a reload. */
export function createKeptFiles(storage: FileStorage, userId: string) {
  const start = `harmonium.files.${userId}.`;

  return {
    read(channelId: string): KeptFile[] {
      try {
        const found: unknown = JSON.parse(storage.getItem(start + channelId) ?? '[]');
        return Array.isArray(found) ? found.filter(isKept) : [];
      } catch {
        return [];
      }
    },
    write(channelId: string, files: readonly KeptFile[]): void {
      try {
        if (files.length === 0) storage.removeItem(start + channelId);
        else storage.setItem(start + channelId, JSON.stringify(files));
      } catch {
        // Full or forbidden storage: they live as long as the page does.
      }
    },
    /** Channels in which something is kept. */
    channels(): string[] {
      try {
        const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '');
        return keys.filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
      } catch {
        return [];
      }
    },
  };
}

function isKept(value: unknown): value is KeptFile {
  if (typeof value !== 'object' || value === null) return false;
  const { key, name, size, type } = value as Partial<Record<keyof KeptFile, unknown>>; // Checked right here.
  return (
    typeof key === 'string' &&
    typeof name === 'string' &&
    typeof size === 'number' &&
    typeof type === 'string'
  );
}
