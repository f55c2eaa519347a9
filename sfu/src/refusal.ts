import type { SignalErrorCode } from '../contract/request.ts';
import { MediaRefusal } from './media.ts';

/** A request that is answered with a code: nothing was changed. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: SignalErrorCode;
  constructor(code: SignalErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function isRefusal(error: unknown): error is Refusal | MediaRefusal {
  return error instanceof Refusal || error instanceof MediaRefusal;
}
