import { describe, expect, test } from 'vitest';
import { wantsReopening } from './device-change.ts';

const builtIn = { id: 'built-in', label: 'Built-in' };
const usb = { id: 'usb', label: 'USB' };
const defaultIs = (label: string) => ({ id: 'default', label: `Default - ${label}` });

describe('when devices come and go', () => {
  test('whoever had none gets the one that is plugged in', () => {
    expect(wantsReopening([], { devices: [usb], chosen: '', isWithout: true })).toBe(true);
    expect(wantsReopening([usb], { devices: [], chosen: '', isWithout: true })).toBe(false);
    expect(wantsReopening([usb], { devices: [usb], chosen: '', isWithout: true })).toBe(false);
  });

  test('the chosen one is used again when it is back; others change nothing', () => {
    const seen = { devices: [builtIn, usb], isWithout: false };
    expect(wantsReopening([builtIn], { ...seen, chosen: 'usb' })).toBe(true);
    expect(wantsReopening([builtIn], { ...seen, chosen: 'built-in' })).toBe(false);
  });

  test('the system’s own choice is followed', () => {
    const before = [defaultIs('Built-in'), builtIn];
    const after = [defaultIs('USB'), builtIn, usb];
    expect(wantsReopening(before, { devices: after, chosen: '', isWithout: false })).toBe(true);
    expect(wantsReopening(after, { devices: after, chosen: '', isWithout: false })).toBe(false);
    expect(wantsReopening(before, { devices: after, chosen: 'usb', isWithout: false })).toBe(true);
  });

  test('names that become known are no change', () => {
    const nameless = [{ id: 'default', label: '' }];
    const named = [defaultIs('Built-in')];
    expect(wantsReopening(nameless, { devices: named, chosen: '', isWithout: false })).toBe(false);
  });
});
