import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBareCalls } from '../sfu/src/testing/bare-calls.ts';
import { answerUsage } from './usage.ts';

/** mediasoup by itself: `POST /` with a plan opens its calls. */
const server = createServer((request, response) => {
  void (async () => {
    const body = (await request.toArray()).join('');
    response.end(JSON.stringify(await openBareCalls(JSON.parse(body))));
  })();
});
server.listen({ port: 0, host: '127.0.0.1' }, () => {
  // Listening on TCP, so no path.
  answerUsage((server.address() as AddressInfo).port);
});
process.once('SIGTERM', () => process.exit());
