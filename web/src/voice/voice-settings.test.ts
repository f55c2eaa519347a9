import { expect, test } from 'vitest';
import { DEFAULT_VOICE_SETTINGS, readVoiceSettings } from './voice-settings.ts';

test('devices that were chosen before there was anything else to choose are still chosen', () => {
  expect(readVoiceSettings('{"microphone":"usb","speaker":"hdmi"}')).toEqual({
    ...DEFAULT_VOICE_SETTINGS,
    microphone: 'usb',
    speaker: 'hdmi',
  });
});

test('what was chosen comes back as it was', () => {
  const chosen = {
    ...DEFAULT_VOICE_SETTINGS,
    noiseSuppression: 'off',
    inputMode: 'push',
    thresholdDb: -42,
    pushKey: 'KeyV',
    releaseMs: 0,
    cues: false,
  };
  expect(readVoiceSettings(JSON.stringify(chosen))).toEqual(chosen);
});

test('what is stored and makes no sense is as it comes, or at the end of its range', () => {
  for (const nonsense of [null, '', '{', '[]', '7', '{"inputMode":4,"pushKey":""}']) {
    expect(readVoiceSettings(nonsense)).toEqual(DEFAULT_VOICE_SETTINGS);
  }
  expect(readVoiceSettings('{"thresholdDb":-500,"releaseMs":9e9,"cueVolume":-3}')).toMatchObject({
    thresholdDb: -80,
    releaseMs: 1_000,
    cueVolume: 0,
  });
});
