import type { Page } from 'playwright-core';

/** What was seen of others' pictures since `watchPictures`, in milliseconds. */
export interface PicturesSeen {
  /** The longest time in which no picture was there, moving or still. */
  longestWithout: number;
  /** The longest time in which none moved. */
  longestStill: number;
  /** Between two looks: neither is known better than this. */
  longestLook: number;
}

/** From now on notes whether a picture is on the screen, and moves. */
export async function watchPictures(page: Page): Promise<void> {
  await page.evaluate(() => {
    const start = performance.now();
    const noted = { longestWithout: 0, longestStill: 0, longestLook: 0 };
    Object.assign(globalThis, { notedPictures: noted });
    let [seen, moved, looked, before] = [start, start, start, ''];
    setInterval(() => {
      const now = performance.now();
      const there = [...document.querySelectorAll('video')].filter(
        (video) =>
          video.readyState >= video.HAVE_CURRENT_DATA && getComputedStyle(video).opacity !== '0',
      );
      const frames = there.map((video) => video.getVideoPlaybackQuality().totalVideoFrames).join();
      if (there.length > 0) seen = now;
      if (there.length > 0 && frames !== before) moved = now;
      before = frames;
      noted.longestWithout = Math.max(noted.longestWithout, now - seen);
      noted.longestStill = Math.max(noted.longestStill, now - moved);
      noted.longestLook = Math.max(noted.longestLook, now - looked);
      looked = now;
    }, 20);
  });
}

export async function picturesSeen(page: Page): Promise<PicturesSeen> {
  return page.evaluate((): PicturesSeen => {
    const noted: unknown = Reflect.get(globalThis, 'notedPictures');
    return noted as PicturesSeen; // Written above.
  });
}
