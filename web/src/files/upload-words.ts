import { ApiProblem } from '@harmonium/api/client';
import { problemSentence } from '../problems.ts';
import { t } from '../strings/files.ts';
import type { ChosenFile, UploadState } from './chosen-file.ts';
import { sizeName } from './file-kind.ts';
import { NotTaken } from './send-bytes.ts';
import type { RefusedFile } from './uploads.ts';

/** How far a file is, in a word or two. */
export function stateWords(state: UploadState, size: number): string {
  switch (state.step) {
    case 'waiting':
      return t('files.waiting');
    case 'sending':
      return `${sizeName(Math.round(state.part * size))} / ${sizeName(size)}`;
    case 'checking':
      return t('files.checking');
    case 'ready':
      return sizeName(size);
    case 'failed':
      return t('files.failed');
    case 'interrupted':
      return t('files.interrupted');
  }
}

/** Why a file is stuck, and what one can do; undefined: it is not. */
export function stuckSentence({ state }: Pick<ChosenFile, 'state'>): string | undefined {
  const now = state();
  if (now.step === 'interrupted') return t('files.interruptedSentence');
  if (now.step !== 'failed') return undefined;
  if (now.problem instanceof NotTaken) return t('files.notTaken');
  if (!(now.problem instanceof ApiProblem)) return problemSentence(now.problem);
  return OF_FILES[now.problem.code]?.() ?? problemSentence(now.problem);
}

/** What means something else, or more, of a file. */
const OF_FILES: Partial<Record<ApiProblem['code'], () => string>> = {
  offline: () => t('files.offline'),
  too_large: () => t('files.tooLargeHere'),
  forbidden: () => t('files.notAllowed'),
  not_found: () => t('files.notAllowed'),
};

export function refusedSentence(refused: RefusedFile): string {
  switch (refused.why) {
    case 'empty':
      return t('files.empty', refused.name);
    case 'too_large':
      return t('files.tooLarge', refused.name, sizeName(refused.limit));
    case 'too_many':
      return t('files.tooMany', refused.count);
  }
}
