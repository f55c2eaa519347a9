import { Device } from 'mediasoup-client';

/* A person in a call, as small as a browser page can be; the test bundles it and asks by `voice`. */

let lastId = 0;
const waiting = new Map();
const heard = { speaking: [], ended: [], closed: undefined };
let receiver;
let microphone;

function hearLevels(levels) {
  const at = Date.now();
  for (const [peerId, level] of Object.entries(levels)) heard.speaking.push({ peerId, level, at });
}

function request(socket, method, data = {}) {
  return new Promise((resolve, reject) => {
    lastId += 1;
    waiting.set(lastId, { resolve, reject });
    socket.send(JSON.stringify({ id: lastId, method, data }));
  });
}

async function createTransport(socket, device, direction, { iceServers, protocol, relay }) {
  const options = await request(socket, 'createTransport', { direction });
  options.iceServers = iceServers;
  if (relay === true) options.iceTransportPolicy = 'relay';
  options.iceCandidates = options.iceCandidates.filter(
    (candidate) => protocol === undefined || candidate.protocol === protocol,
  );
  const transport =
    direction === 'send'
      ? device.createSendTransport(options)
      : device.createRecvTransport(options);
  transport.on('connect', async ({ dtlsParameters }, done, failed) => {
    try {
      await request(socket, 'connectTransport', { transportId: transport.id, dtlsParameters });
      done();
    } catch (error) {
      failed(error);
    }
  });
  transport.on('produce', async ({ kind, rtpParameters }, done, failed) => {
    try {
      const data = { transportId: transport.id, kind, source: 'mic', rtpParameters };
      const { producerId } = await request(socket, 'produce', data);
      done({ id: producerId });
    } catch (error) {
      failed(error);
    }
  });
  return transport;
}

async function listen(socket, device, transport, producerId) {
  const { rtpCapabilities } = device;
  const consumer = await transport.consume(
    await request(socket, 'consume', { producerId, rtpCapabilities }),
  );
  // Chromium decodes, and so measures, what an element plays.
  const audio = new Audio();
  audio.srcObject = new MediaStream([consumer.track]);
  await audio.play();
  await request(socket, 'resumeConsumer', { consumerId: consumer.id });
}

/**
 * @param way `protocol`: the only one the network lets through, `udp` or `tcp`; absent: both.
 *   `relay`: nothing but the TURN server is reached
 */
async function join(url, way = {}) {
  const socket = new WebSocket(url);
  const device = new Device();
  const welcomed = new Promise((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      const frame = JSON.parse(data);
      if (frame.method === 'welcome') resolve(frame.data);
      if (frame.method === 'speaking') hearLevels(frame.data.levels);
      if (frame.method === 'newProducer') {
        void listenWhenReady(frame.data.producer.id);
      }
      if (frame.method === 'stageOpened') {
        for (const slot of frame.data.stage) void listenWhenReady(slot.producerId);
      }
      if (frame.method === 'producerClosed') heard.ended.push(frame.data.producerId);
      const asked = waiting.get(frame.id);
      if (frame.ok === true) asked?.resolve(frame.data);
      if (frame.ok === false) asked?.reject(new Error(JSON.stringify(frame.error)));
    });
    socket.addEventListener('close', ({ code }) => {
      heard.closed = code;
    });
  });
  const ready = prepare();
  const { peers, peerId, stage, iceServers } = await welcomed;
  await ready;
  const sender = await createTransport(socket, device, 'send', { ...way, iceServers });
  const media = await navigator.mediaDevices.getUserMedia({ audio: true });
  [microphone] = media.getAudioTracks();
  await sender.produce({ track: microphone, codecOptions: { opusDtx: true, opusFec: true } });
  for (const peer of peers) {
    for (const { id } of peer.producers) await listen(socket, device, receiver, id);
  }
  for (const { producerId } of stage) await listen(socket, device, receiver, producerId);
  return peerId;

  async function listenWhenReady(producerId) {
    await ready;
    await listen(socket, device, receiver, producerId);
  }
  async function prepare() {
    const { routerRtpCapabilities, iceServers: servers } = await welcomed;
    await device.load({ routerRtpCapabilities });
    receiver = await createTransport(socket, device, 'recv', { ...way, iceServers: servers });
  }
}

/** What has arrived of the others until now. */
async function received() {
  const stats = receiver ? [...(await receiver.getStats()).values()] : [];
  const audio = stats.filter(({ type }) => type === 'inbound-rtp');
  return {
    packets: audio.reduce((sum, { packetsReceived }) => sum + packetsReceived, 0),
    energy: audio.reduce((sum, { totalAudioEnergy }) => sum + (totalAudioEnergy ?? 0), 0),
    speaking: heard.speaking,
    ended: heard.ended,
    closed: heard.closed,
  };
}

/** Says nothing, or the tone; answers when, in milliseconds since 1970. */
function speak(aloud) {
  microphone.enabled = aloud;
  return Date.now();
}

window.voice = { join, received, speak };
