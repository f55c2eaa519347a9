export { VoiceBar } from './voice-bar.tsx';
export { VoiceStrip } from './voice-strip.tsx';
export { VoiceProvider, useVoice } from './voice-context.tsx';
export type { CallView, Voice } from './voice-context.tsx';
