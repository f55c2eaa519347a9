export { VoiceBar } from './voice-bar.tsx';
export { VoiceStrip } from './voice-strip.tsx';
export { VoiceProvider, useVoice } from './voice-context.tsx';
