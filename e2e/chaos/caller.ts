import type { Snowflake } from '@harmonium/api/ids';
import { openSignalling, type Signalling } from '../../web/src/voice/signalling.ts';
import type { Person } from './person.ts';

const TRY_AGAIN_MS = 200;

/** Somebody in a call, as far as signalling goes: comes back by itself until they hang up. */
export class Caller {
  readonly person: Person;
  readonly #channelId: Snowflake;
  readonly #sfuUrl: string;
  #signalling: Signalling | undefined;
  #isIn = false;
  #hungUp = false;

  /** @param sfuUrl `ws://…` by which the sfu is reached */
  constructor(person: Person, channelId: Snowflake, sfuUrl: string) {
    this.person = person;
    this.#channelId = channelId;
    this.#sfuUrl = sfuUrl;
    void this.#join();
  }

  get isIn(): boolean {
    return this.#isIn;
  }

  hangUp(): void {
    this.#hungUp = true;
    this.#isIn = false;
    this.#signalling?.close();
  }

  async #join(): Promise<void> {
    try {
      const params = { id: this.#channelId };
      const { url, ticket } = await this.person.call('POST /api/channels/:id/voice', { params });
      if (this.#hungUp) return;
      const address = { url: this.#sfuUrl + new URL(url).pathname, ticket };
      this.#signalling = openSignalling(address, {
        onNotification: ({ method }) => (this.#isIn ||= method === 'welcome'),
        onClose: () => this.#comeBack(),
      });
    } catch {
      this.#comeBack();
    }
  }

  #comeBack(): void {
    this.#isIn = false;
    if (!this.#hungUp) setTimeout(() => void this.#join(), TRY_AGAIN_MS);
  }
}
