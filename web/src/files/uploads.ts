import { ApiProblem } from '@harmonium/api/client';
import type { Client } from '@harmonium/api/client';
import type { Snowflake } from '@harmonium/api/ids';
import type { CompletedUpload } from '@harmonium/api/upload';
import { createSignal } from 'solid-js';
import type { OutgoingFile } from '../room/outbox.ts';
import type { ChosenFile, UploadState } from './chosen-file.ts';
import { isStuck, isUnderWay } from './chosen-file.ts';
import type { KeptFile, KeptFiles } from './kept-files.ts';
import type { SendBytes } from './send-bytes.ts';

/** Files in one message: MAX_ATTACHMENTS, which would bring zod. */
const MAX_FILES = 10;
/** Files that are sent at the same time. */
const AT_ONCE = 3;
/** Times that somebody else's check of the same file is waited for. */
const MAX_WAITS = 10;

/** Why a file was not taken in the first place. */
export type RefusedFile =
  | { why: 'too_large'; name: string; limit: number }
  | { why: 'empty'; name: string }
  | { why: 'too_many'; count: number };

export interface UploadsDeps {
  call: Client;
  sendBytes: SendBytes;
  kept: KeptFiles;
  /** Bytes of one file, once the instance has said so. */
  limit: () => number | undefined;
  /** What a picture measures, and an address that shows it while the page lives; undefined: it is none. */
  look: (file: File) => Look | undefined;
  wait: (ms: number) => Promise<void>;
  makeKey: () => string;
  /** A file of a message that waits for it is there. */
  supply: (channelId: string, key: string, ticket: string) => void;
}
type Extent = { width: number; height: number };
export interface Look {
  preview: string;
  extent: Promise<Extent | undefined>;
  /** The preview is not needed any more. */
  release: () => void;
}

/** A file and all that belongs to sending it. */
interface Work extends ChosenFile {
  channelId: string;
  setState: (state: UploadState) => void;
  setExtent: (extent: Extent | undefined) => void;
  /** Absent after a reload. */
  bytes?: File;
  /** Of its upload, once it was promised. */
  id?: Snowflake;
  /** All of it is where it was promised to be. */
  isSent: boolean;
  ending?: AbortController;
  release?: () => void;
}

export type Uploads = ReturnType<typeof createUploads>;

/** Files on their way into messages of one user, in whatever channel: the first chosen goes first. */
export function createUploads(deps: UploadsDeps) {
  const [chosen, setChosen] = createSignal<ReadonlyMap<string, readonly Work[]>>(new Map());
  /** Of messages that were written and wait for them, by key. */
  const outgoing = new Map<string, Work>();
  const queue: Work[] = [];
  let running = 0;

  for (const channelId of deps.kept.channels()) restore(channelId);

  function restore(channelId: string): void {
    const works = deps.kept.read(channelId).map((file) => takeUp(channelId, file));
    if (works.length === 0) return;
    change(channelId, () => works);
    for (const work of works) if (work.id !== undefined) enqueue(work);
  }

  /** Of a page that is gone: what it had sent as a whole is not lost. */
  function takeUp(channelId: string, { width, height, id, ...file }: KeptFile): Work {
    const extent = width === undefined || height === undefined ? undefined : { width, height };
    return {
      ...makeWork(channelId, file, id === undefined ? { step: 'interrupted' } : undefined, extent),
      id,
      isSent: true,
    };
  }

  function makeWork(
    channelId: string,
    file: Pick<ChosenFile, 'key' | 'name' | 'size' | 'type'>,
    at: UploadState = { step: 'waiting' },
    measured?: Extent,
  ): Work {
    const [state, setState] = createSignal<UploadState>(at);
    const [extent, setExtent] = createSignal<Extent | undefined>(measured);
    return { ...file, channelId, state, setState, extent, setExtent, isSent: false };
  }

  function chosenIn(channelId: string): readonly Work[] {
    return chosen().get(channelId) ?? [];
  }

  function change(channelId: string, by: (before: readonly Work[]) => readonly Work[]): void {
    setChosen((held) => new Map(held).set(channelId, by(held.get(channelId) ?? [])));
    keep(channelId);
  }

  function keep(channelId: string): void {
    deps.kept.write(channelId, chosenIn(channelId).map(keptOf));
  }

  function enqueue(work: Work): void {
    work.setState({ step: 'waiting' });
    queue.push(work);
    next();
  }

  function next(): void {
    while (running < AT_ONCE) {
      const work = queue.shift();
      if (work === undefined) return;
      running += 1;
      void run(work).finally(() => {
        running -= 1;
        next();
      });
    }
  }

  async function run(work: Work): Promise<void> {
    const ending = new AbortController();
    work.ending = ending;
    try {
      const { attachment, ticket } = await bring(work, ending.signal);
      if (!ending.signal.aborted) arrive(work, attachment.id, ticket);
    } catch (problem) {
      if (ending.signal.aborted) return;
      work.setState(lost(work, problem) ? { step: 'interrupted' } : { step: 'failed', problem });
    }
  }

  async function bring(work: Work, signal: AbortSignal): Promise<CompletedUpload> {
    if (!work.isSent && work.bytes !== undefined) await transfer(work, work.bytes, signal);
    work.setState({ step: 'checking' });
    try {
      return await complete(work, signal);
    } catch (problem) {
      // What is there cannot be used: another time it is sent anew.
      if (problem instanceof ApiProblem && !MAY_COME.has(problem.code)) work.isSent = false;
      throw problem;
    }
  }

  async function transfer(work: Work, bytes: File, signal: AbortSignal): Promise<void> {
    giveBack(work);
    work.setState({ step: 'sending', part: 0 });
    const { name, size, type } = work;
    const promised = await deps.call('POST /api/uploads', {
      body: { channelId: work.channelId, name, size, type },
    });
    work.id = promised.id;
    // Given up meanwhile: nobody else knows of it.
    if (signal.aborted) giveBack(work);
    signal.throwIfAborted();
    keep(work.channelId);
    const onPart = (part: number) => work.setState({ step: 'sending', part });
    await deps.sendBytes(promised, bytes, { onPart, signal });
    work.isSent = true;
  }

  async function complete(work: Work, signal: AbortSignal): Promise<CompletedUpload> {
    for (let waits = 0; ; waits += 1) {
      try {
        return await deps.call('POST /api/uploads/:id/complete', { params: { id: work.id ?? '' } });
      } catch (problem) {
        const seconds = problem instanceof ApiProblem && problem.body?.error.retryAfter;
        if (typeof seconds !== 'number' || waits === MAX_WAITS || signal.aborted) throw problem;
        await deps.wait(seconds * 1000);
      }
    }
  }

  function arrive(work: Work, id: Snowflake, ticket: string): void {
    work.bytes = undefined;
    work.setState({ step: 'ready', id, ticket });
    if (outgoing.has(work.key)) deps.supply(work.channelId, work.key, ticket);
  }

  /** Its bytes are neither here nor there. */
  function lost(work: Work, problem: unknown): boolean {
    if (work.bytes !== undefined || !(problem instanceof ApiProblem)) return false;
    return !MAY_COME.has(problem.code);
  }

  /** Nobody waits for it any more; without an answer it is swept after a day. */
  function giveBack(work: Work): void {
    const { id } = work;
    if (id === undefined) return;
    work.id = undefined;
    deps.call('DELETE /api/uploads/:id', { params: { id } }).catch(() => {});
  }

  function end(work: Work): void {
    work.ending?.abort();
    const at = queue.indexOf(work);
    if (at >= 0) queue.splice(at, 1);
    giveBack(work);
    work.release?.();
    outgoing.delete(work.key);
  }

  function again(work: Work): void {
    if (work.state().step === 'failed') enqueue(work);
  }

  const find = (channelId: string, key: string): Work | undefined =>
    outgoing.get(key) ?? chosenIn(channelId).find((work) => work.key === key);

  return {
    chosen: (channelId: string): readonly ChosenFile[] => chosenIn(channelId),
    /** Of a message that waits for it; undefined: its page was closed. */
    outgoing: (key: string): ChosenFile | undefined => outgoing.get(key),
    /** Shows a picture that was sent from this page, by the id of its attachment. */
    previewOf(id: string): string | undefined {
      for (const { state, preview } of outgoing.values()) {
        const now = state();
        if (now.step === 'ready' && now.id === id) return preview;
      }
      return undefined;
    },
    /** Begins to send files; answers those that cannot go, and why. */
    add(channelId: string, files: readonly File[]): RefusedFile[] {
      const limit = deps.limit() ?? Infinity;
      const refused = files.flatMap((file): RefusedFile[] => {
        if (file.size === 0) return [{ why: 'empty', name: file.name }];
        return file.size > limit ? [{ why: 'too_large', name: file.name, limit }] : [];
      });
      const fit = files.filter((file) => file.size > 0 && file.size <= limit);
      const room = Math.max(0, MAX_FILES - chosenIn(channelId).length);
      const works = fit.slice(0, room).map((file) => begin(channelId, file));
      change(channelId, (before) => [...before, ...works]);
      for (const work of works) enqueue(work);
      const count = fit.length - works.length;
      return count === 0 ? refused : [...refused, { why: 'too_many', count }];
    },
    retry(channelId: string, key: string): void {
      const work = find(channelId, key);
      if (work !== undefined) again(work);
    },
    /** Takes a file out, at whatever point it is. */
    remove(channelId: string, key: string): void {
      const work = find(channelId, key);
      if (work === undefined) return;
      end(work);
      change(channelId, (before) => before.filter((other) => other !== work));
    },
    /** What goes with the message that is being sent now; later files go with the next one. */
    take(channelId: string): OutgoingFile[] {
      const works = chosenIn(channelId);
      for (const work of works) outgoing.set(work.key, work);
      change(channelId, () => []);
      return works.map(outgoingOf);
    },
    /** The connection is back: what it broke off goes on. */
    resume(): void {
      for (const work of [...outgoing.values(), ...[...chosen().values()].flat()]) {
        const state = work.state();
        if (state.step !== 'failed' || !(state.problem instanceof ApiProblem)) continue;
        if (state.problem.code === 'offline') again(work);
      }
    },
    /** Nothing that is chosen there is stuck. */
    canGo: (channelId: string): boolean => !chosenIn(channelId).some(isStuck),
    close(): void {
      for (const work of [...outgoing.values(), ...[...chosen().values()].flat()]) {
        if (isUnderWay(work)) work.ending?.abort();
      }
      queue.length = 0;
    },
  };

  async function measure(work: Work, extent: Look['extent']): Promise<void> {
    work.setExtent(await extent);
    keep(work.channelId);
  }

  function begin(channelId: string, file: File): Work {
    const { name, size, type } = file;
    const work = makeWork(channelId, { key: deps.makeKey(), name, size, type });
    const seen = deps.look(file);
    if (seen !== undefined) void measure(work, seen.extent);
    return { ...work, bytes: file, preview: seen?.preview, release: seen?.release };
  }
}

/** Answers after which the same bytes may be taken all the same. */
const MAY_COME = new Set<string>(['offline', 'unavailable', 'rate_limited', 'internal']);

function keptOf({ key, name, size, type, id, extent }: Work): KeptFile {
  return { key, name, size, type, id, ...extent() };
}

function outgoingOf(work: Work): OutgoingFile {
  const { key, name, size, type } = work;
  const state = work.state();
  const ticket = state.step === 'ready' ? state.ticket : undefined;
  return { key, name, size, type, ...work.extent(), ticket };
}
