import type { Snowflake } from '@harmonium/api/ids';
import { MAX_NOTIFICATION_SETTINGS, type NotificationSetting } from '@harmonium/api/notification';
import type { Storage } from './host.ts';

/** What a user wants to be told of, for each of their devices. */
export class NotificationSettings {
  readonly #storage: Storage;
  readonly #settings = new Map<Snowflake, NotificationSetting>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(): Promise<void> {
    for (const [, value] of await this.#storage.list({ prefix: 'notify/' })) {
      const setting = value as NotificationSetting; // Written below.
      this.#settings.set(setting.targetId, setting);
    }
  }

  get all(): NotificationSetting[] {
    return [...this.#settings.values()];
  }

  set(setting: NotificationSetting): void {
    const { targetId, level, mutedUntil } = setting;
    this.forget(targetId);
    if (level === null && mutedUntil === null) return;
    // Api allows no more; one that was told late takes the place of the oldest.
    const [oldest] = this.#settings.keys();
    if (this.#settings.size >= MAX_NOTIFICATION_SETTINGS && oldest !== undefined) {
      this.forget(oldest);
    }
    this.#settings.set(targetId, setting);
    this.#storage.put(`notify/${targetId}`, setting);
  }

  /** What api has stored, where nothing is known here. */
  learn(settings: readonly NotificationSetting[]): NotificationSetting[] {
    const news = settings.filter(({ targetId }) => !this.#settings.has(targetId));
    for (const setting of news) this.set(setting);
    return news;
  }

  forget(targetId: Snowflake): void {
    if (this.#settings.delete(targetId)) this.#storage.delete(`notify/${targetId}`);
  }
}
