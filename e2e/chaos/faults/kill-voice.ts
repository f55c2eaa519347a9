import { readFileSync } from 'node:fs';
import { VOICE_EXPIRY_MS } from '@harmonium/rooms/voice-state';
import { CallWatch } from '../call-watch.ts';
import { Caller } from '../caller.ts';
import type { Fault, Scene } from '../fault.ts';
import type { Part } from '../part.ts';

const CALLERS = 4;
/** After it a room forgets a call that nobody speaks of; some more for the way. */
const FORGOTTEN_AFTER_S = VOICE_EXPIRY_MS / 1000 + 5;

/** The call comes back by itself, and nobody is shown to be in it who is not. */
export const killVoice: Fault = {
  name: 'kill-voice',
  what: 'kill -9 of a voice worker, and of the sfu',
  seconds: 30,
  async inject(scene) {
    const { place, people, wait, note, trouble } = scene;
    await place.sfu.start();
    const watch = new CallWatch(people[0] ?? raise(), scene.serverId, wsUrlOf(place.rooms));
    const channelId = await voiceChannel(scene);
    const callers = people
      .slice(0, CALLERS)
      .map((person) => new Caller(person, channelId, wsUrlOf(place.sfu)));
    const idsOf = (some: readonly Caller[]) => some.map(({ person }) => person.userId);

    /** Until those who want to be in the call are, and are shown so. */
    const whole = async (what: string, some: readonly Caller[], limit = 20) => {
      const started = performance.now();
      const seconds = () => (performance.now() - started) / 1000;
      const isWhole = () => some.every(({ isIn }) => isIn) && watch.shows(idsOf(some));
      while (!isWhole() && seconds() < limit) await wait(0.02);
      if (isWhole())
        note(`${what}: all ${some.length} in the call after ${seconds().toFixed(2)} s`);
      else trouble(`${what}: ${watch.count} are shown in the call, ${some.length} want to be`);
    };

    await whole('at first', callers);
    for (const pid of workersOf(place.sfu)) process.kill(pid, 'SIGKILL');
    while (callers.some(({ isIn }) => isIn)) await wait(0.005);
    await whole('worker killed', callers);
    await place.sfu.stop('SIGKILL');
    await place.sfu.start();
    await whole('sfu killed', callers);
    await place.sfu.stop('SIGKILL');
    const [gone, ...others] = callers;
    gone?.hangUp();
    await place.sfu.start();
    await whole('one hung up while it was away', others, FORGOTTEN_AFTER_S);
    await place.sfu.stop('SIGKILL');
    for (const caller of others) caller.hangUp();
    await place.sfu.start();
    await whole('all hung up while it was away', [], FORGOTTEN_AFTER_S);
    watch.close();
  },
};

async function voiceChannel({ people, serverId }: Scene) {
  const [person] = people;
  const view = await person?.call('GET /api/servers/:id', { params: { id: serverId } });
  const channel = view?.channels.find(({ type }) => type === 'voice');
  return channel?.id ?? raise();
}

/** Linux names the children of a process. */
function workersOf({ pid }: Part): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').map(Number);
}

function wsUrlOf({ url }: Part): string {
  return url.replace(/^http/, 'ws');
}

function raise(): never {
  throw new Error('There is no such person or channel.');
}
