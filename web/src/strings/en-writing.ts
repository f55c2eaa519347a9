/** What is offered while one writes. */
export const writing = {
  people: 'People',
  channels: 'Channels',
  emoji: 'Emoji',
  everyoneHint: 'Tell everyone who can see this channel',
  hereHint: 'Tell everyone who is online and can see this channel',
  roleHint: 'Role',
  voiceHint: 'Voice channel',
  found: (count: number) => (count === 1 ? '1 suggestion' : `${count} suggestions`),

  format: 'Formatting',
  bold: 'Bold',
  italic: 'Italic',
  underline: 'Underline',
  strike: 'Strikethrough',
  code: 'Code',
  spoiler: 'Spoiler',
  quote: 'Quote',
  link: 'Link',
};
