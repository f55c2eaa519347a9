/** What one does with messages: menus, pins, selection. It loads with them. */
export const messages = {
  menu: 'Message',
  reactWith: (emoji: string) => `React with ${emoji}`,
  addReaction: 'Add a reaction',
  reply: 'Reply',
  startThread: 'Start a thread',
  edit: 'Edit',
  copyText: 'Copy text',
  textCopied: 'Text copied',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  pin: 'Pin',
  unpin: 'Unpin',
  markUnread: 'Mark unread from here',
  select: 'Select messages',
  remove: 'Delete',

  reactors: (names: readonly string[], more: number) => {
    const all = more > 0 ? [...names, more === 1 ? '1 more' : `${more} more`] : names;
    return new Intl.ListFormat('en', { type: 'conjunction' }).format(all);
  },
  reactorsLoading: 'Names are loading',
  reactorsFailed: 'Who it was could not be loaded.',
  you: 'you',

  pins: 'Pinned messages',
  pinsSentence: (name: string) => `What everybody in ${name} should find again.`,
  pinsEmpty: 'Nothing is pinned yet',
  pinsEmptySentence: 'Choose “Pin” in the menu of a message, and it stays within reach here.',
  pinsEmptyReadOnly: 'What is pinned stays within reach here.',
  pinsFailed: 'The pinned messages could not be loaded.',
  retry: 'Try again',
  jump: 'Jump',

  selection: 'Selected messages',
  selected: (count: number) => (count === 1 ? '1 message selected' : `${count} messages selected`),
  selectedMost: (count: number) => `${count} messages selected, as many as go at once`,
  rangeHint: 'Shift selects all between',
  removeMany: (count: number) => `Delete ${count}`,
  removeManyTitle: (count: number) =>
    count === 1 ? 'Delete this message?' : `Delete these ${count} messages?`,
  removeManySentence: 'They disappear for everyone. There is no way back.',
  removedMany: (count: number) => (count === 1 ? '1 message deleted' : `${count} messages deleted`),
  andMore: (count: number) => `and ${count} more`,
  cancel: 'Cancel',
};
