// What a call is made of, but for its media: loads with the first one.
export { Call } from './call.ts';
export { openSignalling } from './signalling.ts';
export { openWaitingRoom } from './waiting-room.ts';
