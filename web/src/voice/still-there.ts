import { t } from '../strings/strings.ts';
import type { CallState } from './call-state.ts';

/** What goes on while the signalling of a call is lost for a moment. */
export function stillThere(
  call: Pick<
    CallState,
    'muted' | 'deafened' | 'canSpeak' | 'serverMuted' | 'serverDeafened' | 'microphone'
  >,
): string {
  if (call.deafened || call.serverDeafened) return t('voice.stillIn');
  const isHeard = call.canSpeak && !call.muted && !call.serverMuted && call.microphone === 'on';
  return isHeard ? t('voice.stillHeard') : t('voice.stillHearing');
}
