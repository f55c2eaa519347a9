/** A picture taken apart without decoding it. */
export interface Picture {
  /** Of one frame, as it lies in the file. */
  width: number;
  height: number;
  isAnimated: boolean;
  /** As EXIF counts: from 5 on it lies on its side. */
  orientation: number;
  /** The same picture without what tells where, when and with what it was made, or follows its end. */
  bytes: Uint8Array<ArrayBuffer>;
}
