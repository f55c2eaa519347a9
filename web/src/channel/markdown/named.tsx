import type { Message } from '@harmonium/api/message';
import { createContext, useContext } from 'solid-js';
import type { JSX } from 'solid-js';

interface Named {
  /** `@everyone` was meant, and allowed; while it is not known it is taken to be. */
  everyone(): boolean;
}

const NamedContext = createContext<Named>({ everyone: () => true });

/** Whom the message names, for the parts that name them. */
export function NamedProvider(props: {
  mentions?: Message['mentions'] | undefined;
  children: JSX.Element;
}) {
  const named: Named = { everyone: () => props.mentions?.everyone ?? true };
  return <NamedContext.Provider value={named}>{props.children}</NamedContext.Provider>;
}

export const useNamed = (): Named => useContext(NamedContext);
