import { EditInstance } from '@harmonium/api/config';
import type { InstanceSettings } from '@harmonium/api/config';
import { eq, sql } from 'drizzle-orm';
import { settings } from '../db/schema.ts';
import type { Deps } from '../deps.ts';

/** What the owner of the instance has set, over what the environment says. */
export interface Settings {
  /** As of at most SETTINGS_AGE_MS ago. */
  read(): Promise<InstanceSettings>;
  /** Null: as the environment says again. */
  change(edit: EditInstance): Promise<InstanceSettings>;
}

/** Every page load asks; the other processes see a change after this long, in milliseconds. */
export const SETTINGS_AGE_MS = 3_000;
const ROW = 'instance';

type Needs = Pick<Deps, 'database' | 'instance' | 'now' | 'log'>;

export function createSettings(deps: Needs): Settings {
  const { db } = deps.database;
  let known: { settings: InstanceSettings; asOf: number } | undefined;
  let reading: Promise<InstanceSettings> | undefined;

  const keep = (stored: string | undefined): InstanceSettings => {
    known = { settings: overlay(deps.instance, stored), asOf: deps.now() };
    return known.settings;
  };

  async function readAnew(): Promise<InstanceSettings> {
    const before = known;
    try {
      const [row] = await db.select().from(settings).where(eq(settings.name, ROW));
      // What was set here meanwhile is younger than what was read.
      return known === undefined || known === before ? keep(row?.value) : known.settings;
    } catch (error) {
      // The page can at least say whose instance does not work, and not everyone who asks waits.
      deps.log.warn('the settings of the instance could not be read', { error });
      const last = known?.settings ?? overlay(deps.instance, undefined);
      known = { settings: last, asOf: deps.now() };
      return last;
    }
  }

  return {
    read() {
      if (known !== undefined && deps.now() - known.asOf < SETTINGS_AGE_MS) {
        return Promise.resolve(known.settings);
      }
      reading ??= readAnew().finally(() => (reading = undefined));
      return reading;
    },
    async change(edit) {
      const value = JSON.stringify(edit);
      // Merged where it is stored: two owners' windows that save at once both count.
      const merged = sql`jsonb_strip_nulls(${settings.value}::jsonb || ${value}::jsonb)::text`;
      const [row] = await db
        .insert(settings)
        .values({ name: ROW, value })
        .onConflictDoUpdate({ target: settings.name, set: { value: merged } })
        .returning({ value: settings.value });
      return keep(row?.value);
    },
  };
}

function overlay(from: InstanceSettings, stored: string | undefined): InstanceSettings {
  const { name, registration, defaultTheme, defaultMode } = from;
  // What an older or newer version wrote may not be known here: the environment's then holds.
  const set = EditInstance.safeParse(JSON.parse(stored ?? '{}')).data ?? {};
  return {
    name: set.name ?? name,
    registration: set.registration ?? registration,
    defaultTheme: set.defaultTheme ?? defaultTheme,
    defaultMode: set.defaultMode ?? defaultMode,
  };
}
