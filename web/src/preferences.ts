import type { Preferences } from '@harmonium/api/user';
import { createSignal } from 'solid-js';

export interface PreferencesDeps {
  /** As the account has them. */
  stored: () => Preferences | undefined;
  /** Replaces those of the account. */
  save: (preferences: Preferences) => Promise<void>;
}

/** What the user chose: holds at once, and is saved to the account one after the other. */
export function createPreferences(deps: PreferencesDeps) {
  const [wanted, setWanted] = createSignal<Preferences>();
  let saving: Promise<void> | undefined;
  const chosen = (): Preferences | undefined => wanted() ?? deps.stored();

  async function save(): Promise<void> {
    try {
      let sent: Preferences | undefined;
      while (sent !== wanted()) {
        sent = wanted() ?? {};
        await deps.save(sent);
      }
    } finally {
      saving = undefined;
      setWanted(undefined);
    }
  }

  return {
    chosen,
    /** A choice of `undefined` follows the default again. Fails when it could not be saved. */
    choose(changes: { [Name in keyof Preferences]: Preferences[Name] | undefined }): Promise<void> {
      const entries = Object.entries({ ...chosen(), ...changes });
      setWanted(Object.fromEntries(entries.filter(([, choice]) => choice !== undefined)));
      saving ??= save();
      return saving;
    },
  };
}
