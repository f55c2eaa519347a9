/** What each permission is called, and what it lets somebody do. */
export const permissions = {
  VIEW_CHANNEL: { name: 'See the channel', sentence: 'See that it exists, and read it.' },
  SEND_MESSAGES: { name: 'Write messages', sentence: 'Write in text channels.' },
  ATTACH_FILES: { name: 'Attach files', sentence: 'Send pictures and other files.' },
  EMBED_LINKS: {
    name: 'Show link previews',
    sentence: 'Links they send unfold into a preview.',
    idle: 'This instance makes no previews.',
  },
  ADD_REACTIONS: { name: 'Add reactions', sentence: 'Put a new reaction under a message.' },
  CREATE_THREADS: { name: 'Start threads', sentence: 'Begin a thread under a message.' },
  MENTION_EVERYONE: {
    name: 'Mention everyone',
    sentence: 'Call everybody with @everyone, or a role that is not mentionable.',
  },
  PIN_MESSAGES: { name: 'Pin messages', sentence: 'Pin and unpin what matters.' },
  MANAGE_MESSAGES: { name: 'Manage messages', sentence: 'Delete what others wrote.' },
  MANAGE_WEBHOOKS: { name: 'Manage webhooks', sentence: 'Let other programs write here.' },
  CONNECT: { name: 'Join calls', sentence: 'Enter voice channels and listen.' },
  SPEAK: { name: 'Speak', sentence: 'Be heard in calls.' },
  STREAM: { name: 'Share a screen', sentence: 'Show a screen or a camera in calls.' },
  MUTE_MEMBERS: { name: 'Mute members', sentence: 'Silence others in calls.' },
  DEAFEN_MEMBERS: { name: 'Deafen members', sentence: 'Take the sound from others in calls.' },
  MOVE_MEMBERS: { name: 'Move members', sentence: 'Move others between calls, or out of them.' },
  CREATE_INVITE: { name: 'Create invites', sentence: 'Invite people to the server.' },
  KICK_MEMBERS: {
    name: 'Kick members',
    sentence: 'Remove members of lower roles, and change their nicknames.',
  },
  BAN_MEMBERS: { name: 'Ban members', sentence: 'Keep people out for good, and let them back.' },
  TIMEOUT_MEMBERS: {
    name: 'Time out members',
    sentence: 'Let members of lower roles only read for a while.',
  },
  MANAGE_CHANNELS: {
    name: 'Manage channels',
    sentence: 'Create, edit, order and delete channels.',
  },
  MANAGE_ROLES: {
    name: 'Manage roles',
    sentence: 'Edit and give lower roles, and decide who may do what in a channel.',
  },
  MANAGE_EMOJI: { name: 'Manage emoji', sentence: "Add and remove the server's own emoji." },
  MANAGE_SERVER: {
    name: 'Manage the server',
    sentence: 'Change its name, picture and theme, and end invites.',
  },
  VIEW_AUDIT_LOG: { name: 'Read the audit log', sentence: 'See who changed what, and when.' },
  ADMINISTRATOR: {
    name: 'Administrator',
    sentence: 'May do everything, in every channel. Give it to few.',
  },
};
