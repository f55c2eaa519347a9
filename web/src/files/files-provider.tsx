import type { Attachment } from '@harmonium/api/attachment';
import { Show, createContext, createSignal, onCleanup, useContext } from 'solid-js';
import type { JSX } from 'solid-js';
import { late } from '../design/late.tsx';
import { useToasts } from '../design/toast.tsx';
import { useInstance } from '../instance.tsx';
import { makeNonce } from '../room/nonce.ts';
import type { OutgoingFile } from '../room/outbox.ts';
import { useRooms } from '../room/rooms.tsx';
import type { Client } from '../api.ts';
import { useApi, useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import type { Addresses } from './addresses.ts';
import { createKeptFiles } from './kept-files.ts';
import type { RefusedFile, Uploads } from './uploads.ts';

const Lightbox = late(async () => (await import('./lightbox.tsx')).Lightbox);

/** Pictures of one message, one at a time. */
export interface Shown {
  channelId: string;
  pictures: readonly Attachment[];
  /** The first to be seen. */
  at: number;
  author: string;
  /** ISO 8601. */
  sentAt: string;
}

export type Files = ReturnType<typeof createFiles>;
const NONE: readonly never[] = [];

/** Files on their way, and where those of messages are: what it takes loads when it is needed. */
function createFiles() {
  const rooms = useRooms();
  const session = useSession();
  const call = useApi();
  const instance = useInstance();
  const toasts = useToasts();
  const [uploads, setUploads] = createSignal<Uploads>();
  const [refused, setRefused] = createSignal<ReadonlyMap<string, readonly RefusedFile[]>>(
    new Map(),
  );
  const [shown, setShown] = createSignal<Shown>();
  const kept = createKeptFiles(localStorage, session.user()?.id ?? '');
  let loading: Promise<Uploads> | undefined;
  let book: Addresses | undefined;
  let isGone = false;

  function load(): Promise<Uploads> {
    loading ??= begin().catch((problem: unknown) => {
      loading = undefined;
      throw problem;
    });
    return loading;
  }

  async function begin(): Promise<Uploads> {
    const [{ createUploads }, { sendBytes }, { lookAt }] = await Promise.all([
      import('./uploads.ts'),
      import('./send-bytes.ts'),
      import('./look-at.ts'),
    ]);
    const made = createUploads({
      call,
      sendBytes,
      kept,
      limit: () => instance()?.limits.uploadSize,
      look: lookAt,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      makeKey: makeNonce,
      supply: (channelId, key, ticket) => rooms.channel(channelId).supply(key, ticket),
    });
    if (!isGone) setUploads(made);
    return made;
  }

  const complain = () => toasts.complain(t('problems.offline'));
  const refuse = (channelId: string, list: readonly RefusedFile[]) =>
    setRefused((held) => new Map(held).set(channelId, list));

  if (kept.channels().length > 0) load().catch(complain);
  const goOn = () => uploads()?.resume();
  addEventListener('online', goOn);
  onCleanup(() => {
    isGone = true;
    removeEventListener('online', goOn);
    uploads()?.close();
    book?.close();
  });

  return {
    /** Undefined: not loaded. */
    uploads,
    load,
    chosen: (channelId: string) => uploads()?.chosen(channelId) ?? NONE,
    /** Why files were not taken that were chosen last. */
    refused: (channelId: string) => refused().get(channelId) ?? NONE,
    refuse,
    add(channelId: string, files: readonly File[]): void {
      if (files.length === 0) return;
      load().then((loaded) => refuse(channelId, loaded.add(channelId, files)), complain);
    },
    /** What goes with the message that is sent now. */
    take(channelId: string): OutgoingFile[] | undefined {
      refuse(channelId, []);
      const taken = uploads()?.take(channelId) ?? [];
      return taken.length === 0 ? undefined : taken;
    },
    /** A message that waits for them was given up. */
    giveUp(channelId: string, files: readonly OutgoingFile[] = []): void {
      for (const { key } of files) uploads()?.remove(channelId, key);
    },
    /** Where files of messages are read; made once, by whoever needs it first. */
    addresses: (make: (call: Client) => Addresses): Addresses => (book ??= make(call)),
    /** Before it is asked for, and also when the network is not there then. */
    warmViewer: Lightbox.load,
    /** Shows pictures one at a time, over everything. */
    show: (next: Shown | undefined) => void setShown(next),
    shown,
  };
}

const FilesContext = createContext<Files>();

export function FilesProvider(props: { children: JSX.Element }) {
  const toasts = useToasts();
  const files = createFiles();
  return (
    <FilesContext.Provider value={files}>
      {props.children}
      <Show when={files.shown()} keyed>
        {(shown) => (
          <Lightbox
            {...shown}
            onClose={() => files.show(undefined)}
            onFailure={() => {
              files.show(undefined);
              toasts.complain(t('problems.offline'));
            }}
          />
        )}
      </Show>
    </FilesContext.Provider>
  );
}

export function useFiles(): Files {
  const files = useContext(FilesContext);
  if (files === undefined) throw new Error('useFiles is called outside of FilesProvider');
  return files;
}
