import { t } from '../../strings/video.ts';
import type { ShareNews } from './own-shares.ts';

type Problem = ShareNews['problem'];

const CAMERA: Record<Problem, () => string> = {
  none: () => t('video.cameraMissing'),
  blocked: () => t('video.cameraBlocked'),
  busy: () => t('video.cameraBusy'),
  insecure: () => t('video.insecure'),
  ended: () => t('video.cameraEnded'),
  failed: () => t('video.cameraFailed'),
  not_permitted: () => t('video.notAnyMore'),
};

const SCREEN: Record<Problem, () => string> = {
  none: () => t('video.screenMissing'),
  blocked: () => t('video.screenBlocked'),
  busy: () => t('video.screenMissing'),
  insecure: () => t('video.insecure'),
  ended: () => t('video.screenFailed'),
  failed: () => t('video.screenFailed'),
  not_permitted: () => t('video.notAnyMore'),
};

/** Why others do not see it, and what to do about it. */
export function shareProblem({ what, problem }: ShareNews): string {
  return (what === 'camera' ? CAMERA : SCREEN)[problem]();
}
