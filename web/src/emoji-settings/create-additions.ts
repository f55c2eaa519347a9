import { ApiProblem } from '@harmonium/api/client';
import type { Client } from '@harmonium/api/client';
import { createSignal } from 'solid-js';
import { problemSentence } from '../problems.ts';
import { t } from '../strings/server-settings.ts';
import { nameFromFile } from './emoji-name.ts';
import { stillPicture } from './still-picture.ts';

/** What is taken and how much of it (see IMAGE_UPLOAD and MAX_EMOJIS, which would bring zod). */
export const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'];
const MAX_BYTES = 8 * 1024 * 1024;
export const MAX_EMOJIS = 200;

/** A picture on its way to become an emoji, or why it did not. */
export interface Addition {
  id: number;
  file: string;
  name: string;
  /** Address of the picture itself, on this page. */
  preview: string;
  problem: string | undefined;
}

/** Adds pictures one after the other, so that the first ones are there while the last are sent. */
export function createAdditions(options: {
  call: Client;
  serverId: () => string;
  /** Names of those that are there. */
  names: () => readonly string[];
  onAdded: () => void;
}) {
  const [list, setList] = createSignal<readonly Addition[]>([]);
  let count = 0;
  let line: Promise<void> = Promise.resolve();

  const forget = (id: number): void => {
    const gone = list().find((addition) => addition.id === id);
    if (gone !== undefined) URL.revokeObjectURL(gone.preview);
    setList((all) => all.filter((addition) => addition.id !== id));
  };
  const fail = (id: number, problem: string): void =>
    void setList((all) =>
      all.map((addition) =>
        addition.id === id ? Object.assign({}, addition, { problem }) : addition,
      ),
    );

  async function send({ id, name }: Addition, file: Blob): Promise<void> {
    const add = (body: Blob) =>
      options.call('POST /api/servers/:id/emojis', {
        params: { id: options.serverId() },
        query: { name },
        body,
      });
    try {
      await add(file).catch(async (problem: unknown) => {
        const mayBeSmaller = problem instanceof ApiProblem && problem.code === 'image_too_big';
        if (!mayBeSmaller || file.type === 'image/gif') throw problem;
        return add(await stillPicture(file));
      });
      forget(id);
      options.onAdded();
    } catch (problem) {
      fail(id, sentence(problem));
    }
  }

  return {
    list,
    forget,
    take(files: readonly File[]): void {
      const pending = () => list().filter(({ problem }) => problem === undefined);
      for (const file of files) {
        const taken = new Set([...options.names(), ...pending().map(({ name }) => name)]);
        const addition: Addition = {
          id: (count += 1),
          file: file.name,
          name: nameFromFile(file.name, taken),
          preview: URL.createObjectURL(file),
          problem: refusal(file, taken.size),
        };
        setList((all) => [...all, addition]);
        if (addition.problem === undefined) line = line.then(() => send(addition, file));
      }
    },
    dispose(): void {
      for (const { preview } of list()) URL.revokeObjectURL(preview);
    },
  };
}

function refusal(file: File, count: number): string | undefined {
  if (!TYPES.includes(file.type)) return t('emojiSettings.unreadable');
  if (file.size > MAX_BYTES) return t('emojiSettings.tooBig');
  return count >= MAX_EMOJIS ? t('emojiSettings.full', MAX_EMOJIS) : undefined;
}

function sentence(problem: unknown): string {
  if (!(problem instanceof ApiProblem)) return t('emojiSettings.unreadable');
  if (problem.code === 'bad_image') return t('emojiSettings.unreadable');
  if (problem.code === 'image_too_big') return t('emojiSettings.tooLively');
  if (problem.code === 'limit_reached') return t('emojiSettings.full', MAX_EMOJIS);
  return problemSentence(problem);
}
