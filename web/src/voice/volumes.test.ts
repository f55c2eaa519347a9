import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryStorage } from '../room/testing/storage.ts';
import { createVolumes } from './volumes.ts';

describe('how loud each person is', () => {
  let storage: MemoryStorage;
  beforeEach(() => (storage = new MemoryStorage()));

  test('people are as loud as they are until somebody chooses otherwise', () => {
    const volumes = createVolumes(storage);
    expect(volumes.gainOf('7')).toBe(1);
    volumes.choose('7', { volume: 1.6 });
    expect(volumes.gainOf('7')).toBe(1.6);
    expect(volumes.gainOf('8')).toBe(1);
  });

  test('it is remembered, and who was silenced comes back as loud as before', () => {
    createVolumes(storage).choose('7', { volume: 0.4 });
    createVolumes(storage).choose('7', { muted: true });
    const later = createVolumes(storage);
    expect(later.gainOf('7')).toBe(0);
    later.choose('7', { muted: false });
    expect(createVolumes(storage).gainOf('7')).toBe(0.4);
  });

  test('what is stored and makes no sense is passed over', () => {
    storage.setItem('harmonium.volumes', '[["7",{"volume":9,"muted":false}],["8"],3]');
    expect(createVolumes(storage).gainOf('7')).toBe(1);
    storage.setItem('harmonium.volumes', '{');
    expect(createVolumes(storage).gainOf('8')).toBe(1);
  });

  test('the longest ago chosen of very many are forgotten', () => {
    const volumes = createVolumes(storage);
    for (let id = 0; id <= 500; id++) volumes.choose(String(id), { volume: 0.5 });
    expect(volumes.gainOf('0')).toBe(1);
    expect(volumes.gainOf('1')).toBe(0.5);
  });
});
