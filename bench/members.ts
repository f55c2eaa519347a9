import type { Snowflake } from '@harmonium/api/ids';
import type { ServerProcess } from './server-process.ts';
import { Socket } from './socket.ts';
import { serverPath } from './tickets.ts';

const CONNECTING_AT_ONCE = 50;
const STATUSES = ['online', 'idle', 'dnd'] as const;

interface Member {
  socket: Socket;
  /** The way back. */
  ticket: string;
}

/** Members of one server, in its room: they come and go, and change their status. */
export class Members {
  /** Frames heard since everybody is in, and their bytes. */
  frames = 0;
  bytes = 0;
  /** Sockets that the room ended. */
  faults = 0;
  readonly #server: ServerProcess;
  readonly #serverId: Snowflake;
  readonly #members: Member[] = [];
  #told = 0;

  private constructor(server: ServerProcess, serverId: Snowflake) {
    this.#server = server;
    this.#serverId = serverId;
  }

  static async connect(server: ServerProcess, serverId: Snowflake, count: number) {
    const members = new Members(server, serverId);
    const paths = await Promise.all(Array.from({ length: count }, () => serverPath(serverId)));
    for (let at = 0; at < count; at += CONNECTING_AT_ONCE) {
      const some = paths.slice(at, at + CONNECTING_AT_ONCE);
      await Promise.all(some.map((path, offset) => members.#enter(at + offset, path)));
    }
    members.frames = 0;
    members.bytes = 0;
    return members;
  }

  /** Gone without a word, and back at once with the ticket in hand. */
  async reconnect(index: number): Promise<void> {
    const member = this.#members[index];
    if (member === undefined) return;
    member.socket.cut();
    await this.#enter(index, `/parties/server/${this.#serverId}?ticket=${member.ticket}`);
  }

  changeStatus(index: number): void {
    this.#told += 1;
    const status = STATUSES[this.#told % STATUSES.length];
    this.#members[index]?.socket.send([`{"type":"presence.set","status":"${status}"}`]);
  }

  close(): void {
    for (const { socket } of this.#members) socket.cut();
  }

  /** Resolves when the room has let the member in. */
  async #enter(index: number, path: string): Promise<void> {
    let ready: (ticket: string) => void = () => {};
    const letIn = new Promise<string>((resolve) => {
      ready = resolve;
    });
    const socket = await Socket.connect({
      port: this.#server.port,
      path,
      onEnd: () => (this.faults += 1),
      onText: (bytes, start, end) => {
        this.frames += 1;
        this.bytes += end - start;
        // Only what lets in is read: thousands of sockets hear the rest.
        if (bytes.toString('latin1', start + 9, start + 14) !== 'ready') return;
        const { ticket }: { ticket: string } = JSON.parse(bytes.toString('utf8', start, end));
        ready(ticket);
      },
    });
    this.#members[index] = { socket, ticket: await letIn };
  }
}
