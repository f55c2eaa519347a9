import type {
  AccessChangedRequest,
  CallPlace,
  DisconnectRequest,
  MoveRequest,
  PermittedPlace,
  PlacesRequest,
} from '@harmonium/sfu/node';
import type { Sfus } from '../sfus.ts';

/** What is asked of an sfu in the same process. */
export interface LocalSfu {
  disconnect(request: DisconnectRequest): void;
  accessChanged(request: AccessChangedRequest): CallPlace[];
  places(request: PlacesRequest): CallPlace[];
  move(request: MoveRequest): boolean;
  permit(places: readonly PermittedPlace[]): Promise<void>;
}

export interface LocalSfus extends Sfus {
  /** From now on calls can be had. */
  ready(sfu: LocalSfu): void;
  /** There will be no calls, for this reason (a sentence). */
  refuse(reason: string): void;
}

/** The one sfu of this process, which may become ready long after chat has. */
export function createLocalSfus(): LocalSfus {
  let node: LocalSfu | undefined;
  let reason = 'Voice is being prepared. It will be here in a few minutes.';
  return {
    ready(sfu) {
      node = sfu;
    },
    refuse(why) {
      node = undefined;
      reason = why;
    },
    async choose(_, origin) {
      if (node === undefined) return { reason };
      return { url: `${origin.replace(/^http/, 'ws')}/sfu` };
    },
    async disconnect(request) {
      node?.disconnect(request);
    },
    async accessChanged(request) {
      return node?.accessChanged(request) ?? [];
    },
    async places(request) {
      return node?.places(request) ?? [];
    },
    async move(request) {
      return node?.move(request) ?? false;
    },
    async permit(places) {
      await node?.permit(places);
    },
    async trouble() {
      return node === undefined ? { reason } : undefined;
    },
  };
}
