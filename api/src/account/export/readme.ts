/** The page that explains the others. */
export function readme(instance: string, username: string, at: Date): string {
  return `What ${instance} holds of ${username}, as of ${at.toISOString()}.

account.json        your account and what you chose
sessions.json       where you are or were logged in: browser and times, no addresses
relationships.json  friends, requests and blocks, by user id
reading.json        how far you read which channel, and what you want to be told of
servers.json        servers you are in, with the channels you can see and their ids
reactions.jsonl     what you put on messages, one JSON object a line
pins.json           messages that you pinned
messages/           what you wrote and did not remove: messages/<server id>/<channel id>.jsonl,
                    one JSON object a line, oldest first; "direct" holds direct conversations

Nothing that somebody else wrote is in here. Password, second factor and recovery codes are not
either: they are stored in a form that nobody can read.
`;
}
