/** Files that go with messages. */
export const files = {
  chosen: 'Files to send',
  waiting: 'Waiting',
  checking: 'Checking',
  failed: 'Not sent',
  interrupted: 'Interrupted',
  remove: (name: string) => `Remove ${name}`,
  retry: 'Try again',
  retryOf: (name: string) => `Try again to send ${name}`,
  problem: (name: string, sentence: string) => `${name}: ${sentence}`,
  notTaken: 'It did not arrive. Try again.',
  notAllowed: 'You may not send files here any more.',
  offline: 'The connection broke. It goes on by itself when it is back.',
  interruptedSentence: 'The page was closed before it was sent. Choose it again.',
  tooLarge: (name: string, limit: string) =>
    `${name} is too large: one file may have up to ${limit}. Make it smaller, or share a link to it.`,
  tooLargeHere: 'It is larger than files may be here. Make it smaller, or share a link to it.',
  empty: (name: string) => `${name} is empty, or a folder. Choose files with something in them.`,
  tooMany: (count: number) =>
    count === 1
      ? '10 files go with one message: 1 was left out. Send it with the next one.'
      : `10 files go with one message: ${count} were left out. Send them with the next one.`,
  progress: (name: string) => `Sending ${name}`,
  uploading: (done: number, count: number) =>
    count === 1 ? 'Sending a file' : `Sending files: ${done} of ${count} there`,
  leftBehind: (count: number) =>
    count === 1
      ? 'The page was closed before a file was sent. Take it out to send the rest.'
      : `The page was closed before ${count} files were sent. Take them out to send the rest.`,

  gone: 'This file is no longer there.',
  download: (name: string) => `Download ${name}`,
  open: (name: string) => `Look at ${name}`,
  play: (name: string) => `Play ${name}`,
  unplayable: 'Your browser cannot play this. Download it instead.',
  showText: 'Show the beginning',
  hideText: 'Hide',
  textFailed: 'This could not be loaded. Try again, or download it.',
  cutOff: (size: string) => `The rest of ${size} is in the file.`,

  viewer: (name: string, at: number, count: number) =>
    count === 1 ? name : `${name}, ${at} of ${count}`,
  previous: 'Previous picture',
  next: 'Next picture',
  zoomIn: 'Zoom in',
  zoomOut: 'Show as a whole',
  original: 'Open the original',
  close: 'Close',
  by: (author: string, when: string) => `${author}, ${when}`,
  broken: 'This picture could not be loaded.',
};
