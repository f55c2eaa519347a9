import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import { connect } from 'node:net';

interface Ports {
  page: number;
  api: number;
  rooms: number;
}

export interface Front {
  url: string;
  close(): void;
}

/** One address for the parts of the product, where no reverse proxy stands before them. */
export async function openFront(ports: Ports): Promise<Front> {
  const isOfApi = (path = '') => /^\/(api|files|health)(\/|\?|$)/.test(path);

  const server = createServer((request, response) => {
    const { headers, method, url: path } = request;
    const port = isOfApi(path) ? ports.api : ports.page;
    // With the host that the browser asked for: addresses in answers are made of it.
    const asked = ask({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    asked.on('error', () => response.destroy());
    request.pipe(asked);
  });

  server.on('upgrade', (request, socket, head) => {
    const rooms = connect(ports.rooms, '127.0.0.1');
    const lines = [`GET ${request.url} HTTP/1.1`];
    for (const [name, values] of Object.entries(request.headersDistinct)) {
      for (const value of values ?? []) lines.push(`${name}: ${value}`);
    }
    rooms.write(`${lines.join('\r\n')}\r\n\r\n`);
    rooms.write(head);
    socket.pipe(rooms).pipe(socket);
    for (const [one, other] of [
      [socket, rooms],
      [rooms, socket],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return {
    // A name that browsers trust with a microphone.
    url: `http://localhost:${address.port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
