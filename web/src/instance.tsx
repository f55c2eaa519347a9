import type { InstanceConfig } from '@harmonium/api/config';
import { createContext, createEffect, createResource, useContext } from 'solid-js';
import type { JSX } from 'solid-js';
import { useSession } from './session-context.tsx';
import { rememberInstanceDefaults, showChosen } from './settings/appearance.ts';

interface Instance {
  config: () => InstanceConfig | undefined;
  reload: () => void;
}

const InstanceContext = createContext<Instance>();

/** What this instance says about itself, once it has said it; and the look that follows from it. */
export function InstanceProvider(props: { children: JSX.Element }) {
  const { call, preferences, state } = useSession();
  // A page that cannot learn the instance's name still works: no answer is no failure.
  const [config, { refetch }] = createResource(() =>
    call('GET /api/config').catch(() => undefined),
  );
  createEffect(() => {
    const known = config.latest;
    if (known === undefined) return;
    rememberInstanceDefaults({ mode: known.defaultMode, theme: known.defaultTheme });
  });
  createEffect(() => {
    const chosen = preferences.chosen();
    if (chosen !== undefined) showChosen(chosen);
    // Whoever comes to this browser next is somebody else; the account brings its choice back.
    else if (state().status === 'out') showChosen({});
  });
  return (
    // Nobody waits for this: `latest` suspends until there is an answer.
    <InstanceContext.Provider
      value={{
        config: () =>
          config.state === 'ready' || config.state === 'refreshing' ? config.latest : undefined,
        reload: () => void refetch(),
      }}
    >
      {props.children}
    </InstanceContext.Provider>
  );
}

export function useInstance(): Instance['config'] {
  return useProvided().config;
}

/** Asks the instance anew, after its owner changed it. */
export function useInstanceReload(): Instance['reload'] {
  return useProvided().reload;
}

function useProvided(): Instance {
  const instance = useContext(InstanceContext);
  if (instance === undefined) throw new Error('useInstance is called outside of InstanceProvider');
  return instance;
}
