/** What others may do about oneself. */
export const privacy = {
  direct: 'Who may begin a conversation with you',
  directServers: 'People from your servers',
  directServersSentence: 'Whoever is in a server with you, and your friends.',
  directFriends: 'Friends only',
  directFriendsSentence: 'Conversations that are there already stay open.',
  requests: 'Who may ask to be your friend',
  requestsEveryone: 'Everyone',
  requestsEveryoneSentence: 'Whoever knows your name here.',
  requestsServers: 'People from servers you share',
  requestsServersSentence: 'Strangers are refused.',
  requestsNobody: 'Nobody',
  requestsNobodySentence: 'You can still ask others.',
  blocked: 'Blocked people',
  blockedSentence: 'They cannot write to you, and what they write elsewhere is folded away.',
  toBlocked: 'See your friends and whom you blocked',
  saved: 'Saved.',
};
