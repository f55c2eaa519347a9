import type { Answers, Method, RequestData } from '../../contract/request.ts';
import type { Call } from '../call.ts';
import type { Peer } from '../peer.ts';

/** Who asks, and in which call. */
export interface Asker {
  call: Call;
  peer: Peer;
  /** Of one who waits: lets them into the call, or throws a refusal. */
  enter?: (() => void) | undefined;
}

/** Does what a method says for its peer, or throws a refusal and changes nothing. */
export type Handler<M extends Method> = (asker: Asker, data: RequestData<M>) => Promise<Answers[M]>;
