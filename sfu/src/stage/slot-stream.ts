import type { VoicePacket } from '../media.ts';

const CLOCK_PER_MS = 48;
/** Of one packet. */
const FRAME_CLOCK = 960;
/** Packets that are missing at once; more is no loss but a sender that counts anew. */
const MAX_GAP = 1_000;

/** How the packets of the one who speaks become the stream's. */
interface Talk {
  /** The youngest so far: its number at the sender's, and how many after the first one it is. */
  youngest: number;
  position: number;
  /** The stream's number of the first one, and what to add to the sender's timestamps. */
  firstSequence: number;
  clockOffset: number;
}

/**
 * Makes one unbroken stream of what several people say in turn: numbers go on where the one before
 * ended, timestamps by the time that passed. What was lost on the way to here stays a gap, so that
 * the receiver conceals it.
 */
export class SlotStream {
  #talk: Talk | undefined;
  #lastSequence = Math.floor(Math.random() * 0x1_0000);
  #lastTimestamp = Math.floor(Math.random() * 0x1_0000_0000);
  #lastAt: number | undefined;

  /** The next packet is another one's, or of another time. */
  end(): void {
    this.#talk = undefined;
  }

  /**
   * The packet as the stream's own; `at`: when it came. Undefined for one from before the talk began,
   * whose number is another one's already.
   */
  next(packet: VoicePacket, at: number): VoicePacket | undefined {
    const ahead = this.#talk && signed16(packet.sequence - this.#talk.youngest);
    if (this.#talk === undefined || ahead === undefined || Math.abs(ahead) > MAX_GAP) {
      return this.#begin(packet, at);
    }
    const talk = this.#talk;
    const position = talk.position + ahead;
    if (position < 0) return undefined;
    const sequence = (talk.firstSequence + position) & 0xffff;
    const timestamp = (packet.timestamp + talk.clockOffset) >>> 0;
    if (ahead > 0) {
      Object.assign(talk, { youngest: packet.sequence, position });
      this.#sent(sequence, timestamp, at);
    }
    return { ...packet, sequence, timestamp };
  }

  #begin(packet: VoicePacket, at: number): VoicePacket {
    const passed = Math.round((at - (this.#lastAt ?? at)) * CLOCK_PER_MS);
    const timestamp = (this.#lastTimestamp + Math.max(FRAME_CLOCK, passed)) >>> 0;
    const sequence = (this.#lastSequence + 1) & 0xffff;
    this.#talk = {
      youngest: packet.sequence,
      position: 0,
      firstSequence: sequence,
      clockOffset: timestamp - packet.timestamp,
    };
    this.#sent(sequence, timestamp, at);
    return { ...packet, sequence, timestamp, marker: true };
  }

  #sent(sequence: number, timestamp: number, at: number): void {
    this.#lastSequence = sequence;
    this.#lastTimestamp = timestamp;
    this.#lastAt = at;
  }
}

function signed16(difference: number): number {
  return (difference << 16) >> 16;
}
