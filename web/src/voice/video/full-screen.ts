/** iPhones let only a video fill the screen, and by a name of their own. */
interface AppleVideo extends HTMLVideoElement {
  webkitEnterFullscreen(): void;
}

const isApples = (video: HTMLVideoElement): video is AppleVideo => 'webkitEnterFullscreen' in video;

/** Fills the screen with what is in the frame, or goes back. */
export function toggleFullScreen(frame: HTMLElement): void {
  const video = frame.querySelector('video');
  if (document.fullscreenElement !== null) void document.exitFullscreen();
  else if ('requestFullscreen' in frame) frame.requestFullscreen().catch(() => {});
  else if (video !== null && isApples(video)) video.webkitEnterFullscreen();
}
