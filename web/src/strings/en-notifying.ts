/** What is told outside of the page, and the settings for it. */
export const notify = {
  something: 'New message',
  someone: 'somebody',
  files: (count: number) => (count === 1 ? 'Sent a file' : `Sent ${count} files`),
  inChannel: (author: string, channel: string, server: string) =>
    `${author} in #${channel}, ${server}`,
  inGroup: (author: string, group: string) => `${author} in ${group}`,

  desktop: 'Desktop notifications',
  desktopSentence:
    'Of mentions, direct messages, and of every message where you chose so. Not of what you are looking at.',
  blocked: 'The browser blocks notifications of this page. Allow them in the address bar.',
  missing: 'This browser has no notifications for pages like this one.',
  preview: 'Show what was said',
  previewSentence: 'Otherwise a notification says only who wrote, and where.',
  sound: 'Sound',
  soundSentence: 'A short tone beside the notification, or without it.',
  volume: 'Volume',
  test: 'Try it',
  testTitle: 'This is how it looks',
  testBody: 'And this is where the message stands.',
  dnd: 'Do not disturb silences all of it. What is muted stays silent, too.',
};
