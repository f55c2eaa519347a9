import type { InstanceConfig } from '@harmonium/api/config';
import { createContext, createEffect, createResource, useContext } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApi } from './session-context.tsx';
import { rememberInstanceDefaults } from './settings/appearance.ts';

const InstanceContext = createContext<() => InstanceConfig | undefined>();

/** What this instance says about itself, once it has said it. */
export function InstanceProvider(props: { children: JSX.Element }) {
  const call = useApi();
  // A page that cannot learn the instance's name still works: no answer is no failure.
  const [config] = createResource(() => call('GET /api/config').catch(() => undefined));
  createEffect(() => {
    const known = config.latest;
    if (known === undefined) return;
    rememberInstanceDefaults({ mode: known.defaultMode, theme: known.defaultTheme });
  });
  return (
    // `latest` does not suspend: nobody waits for this.
    <InstanceContext.Provider value={() => (config.state === 'ready' ? config.latest : undefined)}>
      {props.children}
    </InstanceContext.Provider>
  );
}

export function useInstance(): () => InstanceConfig | undefined {
  const instance = useContext(InstanceContext);
  if (instance === undefined) throw new Error('useInstance is called outside of InstanceProvider');
  return instance;
}
