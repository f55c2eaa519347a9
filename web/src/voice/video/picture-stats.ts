/** A picture of a call as it is at the moment. */
export interface PictureStats {
  trackId: string;
  isSent: boolean;
  width: number;
  height: number;
  framesPerSecond: number;
  /** In so many sizes at once. */
  sizes: number;
}

/** What the browser's reports of one direction say of pictures. What stands still is left out. */
export function picturesIn(reports: Iterable<unknown>): PictureStats[] {
  const all = [...reports].filter(isReport);
  const trackOf = new Map(
    all
      .filter(({ type }) => type === 'media-source')
      .map(({ id, trackIdentifier }) => [id, trackIdentifier]),
  );
  const found = new Map<string, PictureStats>();
  for (const report of all) {
    const isSent = report.type === 'outbound-rtp';
    if ((!isSent && report.type !== 'inbound-rtp') || report.kind !== 'video') continue;
    const trackId = isSent ? trackOf.get(report.mediaSourceId ?? '') : report.trackIdentifier;
    const { frameWidth: width = 0, frameHeight: height = 0, framesPerSecond = 0 } = report;
    if (trackId === undefined || framesPerSecond === 0) continue;
    const before = found.get(trackId);
    const sizes = (before?.sizes ?? 0) + 1;
    if (before !== undefined && before.height >= height) found.set(trackId, { ...before, sizes });
    else found.set(trackId, { trackId, isSent, width, height, framesPerSecond, sizes });
  }
  return [...found.values()];
}

/** https://www.w3.org/TR/webrtc-stats/, as far as pictures go. */
interface Report {
  id: string;
  type: string;
  kind?: string;
  trackIdentifier?: string;
  mediaSourceId?: string;
  frameWidth?: number;
  frameHeight?: number;
  framesPerSecond?: number;
}

const isReport = (report: unknown): report is Report =>
  typeof report === 'object' && report !== null && 'type' in report && 'id' in report;
