import { writeFile } from 'node:fs/promises';

const RATE_HZ = 48_000;
const SECONDS = 2;

/**
 * Writes a steady tone as a 16-bit mono WAV file. Chromium plays it in a loop as its microphone;
 * its own fake beep is mostly silence, which no speaking ring lights up for.
 */
export async function writeTone(file: string, hertz = 440): Promise<void> {
  const samples = RATE_HZ * SECONDS;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE_HZ, 24);
  wav.writeUInt32LE(RATE_HZ * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) {
    wav.writeInt16LE(
      Math.round(Math.sin((2 * Math.PI * hertz * i) / RATE_HZ) * 16_000),
      44 + i * 2,
    );
  }
  await writeFile(file, wav);
}
