import { channelSuite } from './channel.suite.ts';
import { fakeRooms } from './testing/fake-rooms.ts';

channelSuite('the fake host', async () => fakeRooms());
