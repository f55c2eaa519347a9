import { roomsSuite } from '../../rooms.suite.ts';
import { socketsSuite } from '../../sockets.suite.ts';
import { processRooms } from '../../testing/process-rooms.ts';

roomsSuite('two processes', () => processRooms({ places: 2 }));
socketsSuite('two processes', () => processRooms({ places: 2 }));
