import { createSocket } from 'node:dgram';

/** A port where packets may end. It is stopped once it has one, so that nobody spends time on reading. */
const socket = createSocket('udp4');
socket.bind(0, '127.0.0.1', () => process.send?.({ port: socket.address().port }));
process.on('disconnect', () => process.exit());
