import { channelSuite } from '../channel.suite.ts';
import { nodeRooms } from '../testing/node-rooms.ts';

channelSuite('the Node host', () => nodeRooms());
