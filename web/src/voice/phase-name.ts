import { t } from '../strings/strings.ts';
import type { CallPhase } from './call-state.ts';

const PHASES: Record<CallPhase, () => string> = {
  connecting: () => t('voice.connecting'),
  connected: () => t('voice.connected'),
  reconnecting: () => t('voice.reconnecting'),
  failed: () => t('voice.failed'),
};

/** How a call stands, in words. */
export const phaseName = (phase: CallPhase): string => PHASES[phase]();
