import type { Snowflake } from '@harmonium/api/ids';
import type { Accessor } from 'solid-js';
import type { OutgoingFile } from '../room/outbox.ts';

/** Where a file is on its way into a message. */
export type UploadState =
  | { step: 'waiting' }
  /** `part`: from 0 to 1. */
  | { step: 'sending'; part: number }
  | { step: 'checking' }
  | { step: 'ready'; id: Snowflake; ticket: string }
  | { step: 'failed'; problem: unknown }
  /** The page was closed before it was there, and its bytes went with it. */
  | { step: 'interrupted' };

/** A file that somebody has chosen to go with a message. */
export interface ChosenFile extends Omit<OutgoingFile, 'ticket' | 'width' | 'height'> {
  /** Shows it where it is a picture, as long as the page lives. */
  preview?: string;
  /** Pixels, once they are known, of pictures. */
  extent: Accessor<{ width: number; height: number } | undefined>;
  state: Accessor<UploadState>;
}

/** Done neither for good nor for ill. */
export function isUnderWay({ state }: ChosenFile): boolean {
  const { step } = state();
  return step === 'waiting' || step === 'sending' || step === 'checking';
}

/** It goes nowhere unless somebody does something. */
export function isStuck({ state }: ChosenFile): boolean {
  const { step } = state();
  return step === 'failed' || step === 'interrupted';
}
