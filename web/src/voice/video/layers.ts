import type { Layers } from '../media.ts';

/** What one wants of a picture: as large as it is shown, the best there is, or as little as can be. */
export type PictureQuality = 'auto' | 'high' | 'low';

export interface Shown {
  source: 'camera' | 'screen';
  /** Of the largest place it is shown in, in pixels of the device. */
  height: number;
  quality: PictureQuality;
  /** Someone pays for every byte. */
  savesData: boolean;
}

/** The picture's heights, smallest first, as a camera sends them. */
const CAMERA_HEIGHTS = [180, 360, 720];
/** A little blur is not seen, and half of the bytes are. */
const ENOUGH = 0.8;
const LARGEST = CAMERA_HEIGHTS.length - 1;

/** Which of the layers that somebody sends is asked for; the sfu gives less where less gets through. */
export function layersFor({ source, height, quality, savesData }: Shown): Layers {
  if (quality === 'low') return { spatialLayer: 0, temporalLayer: 0 };
  if (quality === 'high') return { spatialLayer: LARGEST };
  // Letters are read or they are not: a screen is never shrunk because its place is small.
  if (source === 'screen') return savesData ? { spatialLayer: 0 } : { spatialLayer: LARGEST };
  const fitting = CAMERA_HEIGHTS.findIndex((layer) => layer >= height * ENOUGH);
  const spatialLayer = fitting === -1 ? LARGEST : fitting;
  return { spatialLayer: savesData ? Math.min(spatialLayer, 1) : spatialLayer };
}
