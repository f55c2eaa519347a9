/** Where one writes: replies, waits, what is too much. */
export const composer = {
  replyingTo: 'Replying to ',
  mentionOn: 'They are told',
  mentionOff: 'They are not told',
  mentionLabel: (name: string) => `Tell ${name}`,
  stopReplying: 'Do not reply',
  emoji: 'Emoji',
  sendIn: (wait: string) => `You can send again in ${wait}`,
  sendNow: 'You can send again',
  slowmode: (wait: string) => `Slow mode: one message every ${wait}`,
  flooding: (wait: string) => `That was a lot at once. What you wrote goes out in ${wait}.`,
  tooLong: (count: number) =>
    count === 1
      ? 'This is 1 character too long to send.'
      : `This is ${count.toLocaleString('en')} characters too long to send.`,
  attach: 'Add files',
  dropHere: (name: string) => `Drop files to send them to ${name}`,
  dropHint: 'Up to 10 with one message',
  noDrop: 'You may not send files here',
  asFile: 'Make it a text file',
  fileName: 'message.txt',
  draft: 'Something is written here',
};
