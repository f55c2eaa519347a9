import { spawn, spawnSync } from 'node:child_process';
import { createHmac, createHash, randomBytes, X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

import type { IceParameters, WebRtcTransport } from 'mediasoup/types';

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const HANDSHAKE_LIMIT_MS = 10_000;

/**
 * Plays the browser towards a transport as far as encryption: one STUN check as an ICE client
 * sends it, then a DTLS handshake that negotiates SRTP. Comes back when the transport says how
 * that ended, or has said nothing for ten seconds.
 */
export async function handshake(transport: WebRtcTransport): Promise<void> {
  const [candidate] = transport.iceCandidates;
  if (candidate === undefined) throw new Error('The transport listens nowhere.');
  const dir = mkdtempSync(join(tmpdir(), 'dtls-client-'));
  try {
    const { cert, key, fingerprint } = makeCertificate(dir);
    await transport.connect({
      dtlsParameters: {
        role: 'client',
        fingerprints: [{ algorithm: 'sha-256', value: fingerprint }],
      },
    });

    const server = { ip: candidate.address, port: candidate.port };
    const localPort = await checkConnectivity(transport.iceParameters, server);
    const client = spawn(
      'openssl',
      [
        's_client',
        '-dtls1_2',
        '-use_srtp',
        'SRTP_AEAD_AES_256_GCM',
        '-connect',
        `${server.ip}:${server.port}`,
        '-bind',
        `${server.ip}:${localPort}`,
        '-cert',
        cert,
        '-key',
        key,
      ],
      { stdio: ['pipe', 'ignore', 'ignore'], timeout: HANDSHAKE_LIMIT_MS },
    );
    const ended = once(client, 'exit');
    await Promise.race([ended, untilSettled(transport)]);
    client.kill();
    await ended;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function untilSettled(transport: WebRtcTransport): Promise<void> {
  return new Promise((resolve) => {
    transport.on('dtlsstatechange', (state) => {
      if (state === 'connected' || state === 'failed') resolve();
    });
  });
}

function makeCertificate(dir: string): { cert: string; key: string; fingerprint: string } {
  const cert = join(dir, 'cert.pem');
  const key = join(dir, 'key.pem');
  const made = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-subj',
    '/CN=voice',
    '-days',
    '1',
    '-out',
    cert,
    '-keyout',
    key,
  ]);
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr.toString()}`);
  const der = new X509Certificate(readFileSync(cert)).raw;
  const hex = createHash('sha256').update(der).digest('hex').toUpperCase();
  return { cert, key, fingerprint: hex.match(/../g)?.join(':') ?? '' };
}

/** Sends a nominating STUN check and answers the local port it went out from, free again. */
async function checkConnectivity(
  ice: IceParameters,
  server: { ip: string; port: number },
): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, server.ip);
  await once(socket, 'listening');
  const { port } = socket.address();
  const answered = once(socket, 'message', { signal: AbortSignal.timeout(HANDSHAKE_LIMIT_MS) });
  socket.send(bindingRequest(ice), server.port, server.ip);
  await answered;
  socket.close();
  await once(socket, 'close');
  return port;
}

/** RFC 8489 and RFC 8445: a Binding request that ends in MESSAGE-INTEGRITY and FINGERPRINT. */
function bindingRequest(ice: IceParameters): Buffer {
  const attributes = [
    attribute(0x0006, Buffer.from(`${ice.usernameFragment}:client`)), // USERNAME
    attribute(0x0024, Buffer.from([0x6e, 0, 1, 0xff])), // PRIORITY
    attribute(0x802a, randomBytes(8)), // ICE-CONTROLLING
    attribute(0x0025, Buffer.alloc(0)), // USE-CANDIDATE
  ];
  const id = randomBytes(12);
  // Each of the two is computed over a message whose length already counts it.
  const signed = message(id, attributes, 24);
  const integrity = createHmac('sha1', ice.password).update(signed).digest();
  attributes.push(attribute(0x0008, integrity));

  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(message(id, attributes, 8)) ^ 0x5354554e) >>> 0);
  attributes.push(attribute(0x8028, fingerprint));
  return message(id, attributes, 0);
}

function message(id: Buffer, attributes: Buffer[], bytesToCome: number): Buffer {
  const body = Buffer.concat(attributes);
  const header = Buffer.alloc(8);
  header.writeUInt16BE(0x0001, 0);
  header.writeUInt16BE(body.length + bytesToCome, 2);
  header.writeUInt32BE(0x2112a442, 4);
  return Buffer.concat([header, id, body]);
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}
