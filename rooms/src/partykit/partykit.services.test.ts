import { framesSuite } from '../frames.suite.ts';
import { roomsSuite } from '../rooms.suite.ts';
import { socketsSuite } from '../sockets.suite.ts';
import { edgeRooms, partyKit } from '../testing/edge-rooms.ts';

const open = () => edgeRooms(partyKit);
roomsSuite(partyKit.name, open);
socketsSuite(partyKit.name, open);
framesSuite(partyKit.name, open, 20);
