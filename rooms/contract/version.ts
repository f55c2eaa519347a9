/**
 * The version of what rooms and clients say to each other. Raise it when the shape of a frame or of
 * a publish changes (the test beside this file then fails), with a line on what changed.
 *
 * 1: channel, server and user rooms; messages, typing, presence, structure, voice states, read marks.
 * 2: a channel's room tells services what api has not stored yet (`undrained`).
 * 3: a user's devices are told that their account changed (`me.updated`).
 * 4: `access.changed`, `purge` with `messages.removed`, who removed a message, and what direct
 *    conversations need: `participants.changed`, `direct.activity`.
 * 5: presences are told together, at most once a second, and can be asked for; a server's `ready`
 *    names some of them, how many are online, and how the member stands.
 * 6: a server has a theme.
 * 7: a channel's room is told how somebody is called now (`user.updated`).
 * 8: a user's room tells of friends, direct conversations and friends' presence.
 * 9: `undrained` is answered with what was removed together, too.
 * 10: calls of direct conversations are told to those who take part.
 * 11: replies, files, mentions, reactions, pins, previews; a server's `ready` says what is the
 *    youngest of each channel and who is named where; `read.marks`.
 * 12: `too_many`.
 * 13: a user's `ready` says what is read, and what they want to be told of; what changes of it is
 *    told (`notifications.changed`).
 * 14: a server has emoji of its own.
 * 15: a channel may be a thread in the archive (`thread.archived`), and says who began it.
 * 16: a voice state says whether a moderator muted or deafened them.
 * 17: a voice state says whether they show a camera, or share a screen.
 * 18: the sfu says which of its nodes speaks of a call.
 * 19: a server's room is told of messages that were removed, and tells those whom they named.
 */
export const WIRE_VERSION = 19;
