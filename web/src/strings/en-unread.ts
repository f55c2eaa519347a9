/** What is not read, and what one wants to be told of. */
export const unread = {
  channel: (name: string, mentions: number) =>
    mentions === 0
      ? `${name}, not read`
      : `${name}, not read, ${mentions} ${mentions === 1 ? 'mention' : 'mentions'}`,
  muted: (name: string) => `${name}, muted`,
  server: (name: string, mentions: number) =>
    mentions === 0
      ? `${name}, something new`
      : `${name}, ${mentions} ${mentions === 1 ? 'mention' : 'mentions'}`,

  markRead: 'Mark as read',
  mute: 'Mute',
  unmute: 'Unmute',
  mutedUntil: (when: string) => `Muted until ${when}`,
  mutedForGood: 'Muted until you turn it on',
  for15Minutes: 'For 15 minutes',
  for1Hour: 'For an hour',
  for8Hours: 'For 8 hours',
  for24Hours: 'For a day',
  forGood: 'Until I turn it on',
  notifyMe: 'Notify me of',
  levelAll: 'All messages',
  levelMentions: 'Mentions',
  levelNothing: 'Nothing',
  asServer: (level: string) => `As the server: ${level}`,
  menuOf: (name: string) => `More for ${name}`,

  askTitle: 'Hear of mentions',
  askSentence: 'Harmonium can tell you when somebody mentions you while you look elsewhere.',
  askYes: 'Turn on',
  askNo: 'Not now',
};
