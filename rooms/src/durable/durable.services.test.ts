import { framesSuite } from '../frames.suite.ts';
import { roomsSuite } from '../rooms.suite.ts';
import { socketsSuite } from '../sockets.suite.ts';
import { cloudflare, edgeRooms } from '../testing/edge-rooms.ts';

const open = () => edgeRooms(cloudflare);
roomsSuite(cloudflare.name, open);
socketsSuite(cloudflare.name, open);
framesSuite(cloudflare.name, open, 20);
