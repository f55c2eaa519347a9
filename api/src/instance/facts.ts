import { MAX_MESSAGE_LENGTH } from '@harmonium/api/message-length';
import { THEMES } from '@harmonium/api/themes';
import type { Environment } from '../config.ts';
import type { Deps } from '../deps.ts';

/** What the environment says of the instance, as anyone may know it. */
export function instanceFacts(environment: Environment, version: string): Deps['instance'] {
  return {
    name: environment.instanceName,
    version,
    registration: environment.registration,
    defaultTheme: environment.defaultTheme,
    defaultMode: environment.defaultMode,
    themes: [...THEMES],
    mail: environment.smtp !== undefined,
    limits: { messageLength: MAX_MESSAGE_LENGTH, uploadSize: environment.maxUploadSize },
  };
}
