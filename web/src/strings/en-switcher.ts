/** Going somewhere by its name. */
export const switcher = {
  title: 'Go to',
  placeholder: 'Where to?',
  nothing: (typed: string) => `Nothing here goes by “${typed}”.`,
  nothingYet: 'Type the name of a channel, a server or a person.',
  hint: 'for channels',
  hintPeople: 'for people',
  hintServers: 'for servers',
  recent: 'Unread and recent',
  found: 'Found',
  server: 'Server',
  direct: 'Conversation',
  person: 'Write to them',
  mentions: (count: number) => (count === 1 ? '1 mention' : `${count} mentions`),
  unread: 'unread',
  failed: 'The conversation could not be opened.',
};
