import { roomsSuite } from './rooms.suite.ts';
import { fakeRooms } from './testing/fake-rooms.ts';

roomsSuite('the fake host', async () => fakeRooms());
