import { framesSuite } from '../frames.suite.ts';
import { serverSuite } from '../server.suite.ts';
import { socketsSuite } from '../sockets.suite.ts';
import { edgeRooms, partyKit } from '../testing/edge-rooms.ts';
import { userSuite } from '../user.suite.ts';

/** The rest of the rooms' suite holds for the host they share (durable.services.test.ts). */
const open = () => edgeRooms(partyKit);
serverSuite(partyKit.name, open);
userSuite(partyKit.name, open);
socketsSuite(partyKit.name, open);
framesSuite(partyKit.name, open, 20);
