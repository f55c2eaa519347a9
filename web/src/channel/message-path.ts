interface MessagePlace {
  /** Undefined: a direct conversation. */
  serverId: string | undefined;
  channelId: string;
  messageId: string;
}

const MESSAGE_PATH =
  /^\/(?:servers\/(?<serverId>\d+)|direct)\/(?<channelId>\d+)\/(?<messageId>\d+)$/;

/** Where a message is within the app. */
export function messagePath({ serverId, channelId, messageId }: MessagePlace): string {
  const channel =
    serverId === undefined ? `/direct/${channelId}` : `/servers/${serverId}/${channelId}`;
  return `${channel}/${messageId}`;
}

/** The message that a path of the app leads to, if it leads to one. */
export function messageAt(path: string): MessagePlace | undefined {
  const found = MESSAGE_PATH.exec(path)?.groups;
  const { serverId, channelId = '', messageId = '' } = found ?? {};
  return found === undefined ? undefined : { serverId, channelId, messageId };
}
