import { framesSuite } from '../frames.suite.ts';
import { roomsSuite } from '../rooms.suite.ts';
import { socketsSuite } from '../sockets.suite.ts';
import { edgeRooms } from '../testing/edge-rooms.ts';

roomsSuite('partykit dev', () => edgeRooms());
socketsSuite('partykit dev', () => edgeRooms());
framesSuite('partykit dev', () => edgeRooms(), 20);
