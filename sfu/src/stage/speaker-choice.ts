import { Loudness } from './loudness.ts';

/** As loud as this (dBov) is worth a free place. */
const AUDIBLE_DBOV = -60;
/** As loud as this is a voice: it may have the place of one that is none at the moment. */
const VOICE_DBOV = -50;
/** Packets in a row; fewer may be a click. Each is 20 ms. */
const ENOUGH_PACKETS = 3;
/** Who said nothing for so long yields to who speaks: longer than the pause between two words. */
const YIELDS_AFTER_MS = 500;
/** Who said nothing for so long leaves: longer than the pause between two sentences. */
const LEAVES_AFTER_MS = 1_500;
/** Who goes on speaking loses the place only to one who is louder by so much (dB) … */
const LOUDER_BY_DB = 8;
/** … for so many packets, 400 ms. Where it is not, that counts against it. */
const LOUDER_PACKETS = 20;
/** Time that passes between two looks, at most: where this process was held up nobody was silent. */
const LONGEST_STEP_MS = 150;

interface Candidate {
  readonly loudness: Loudness;
  audiblePackets: number;
  voicePackets: number;
  /** When it was last audible, and when as loud as a voice. */
  heardAt: number;
  spokeAt: number;
  /** In which it was louder than the one whose place it could have. */
  louderPackets: number;
}

/** Who is on a place from now on; null: nobody. */
export interface Change {
  place: number;
  id: string | null;
}

/**
 * Who of many is heard: the loudest, on a few places. Who speaks gets a free place at once, and keeps
 * it through pauses as long as no other needs it.
 */
export class SpeakerChoice {
  readonly #places: (string | null)[];
  /** Who was on each place last: whoever comes back has the same one, if it is free. */
  readonly #last: (string | null)[];
  readonly #candidates = new Map<string, Candidate>();
  #clock = 0;
  #lookedAt: number | undefined;

  constructor(places: number) {
    this.#places = Array.from({ length: places }, () => null);
    this.#last = [...this.#places];
  }

  get isEmpty(): boolean {
    return this.#places.every((id) => id === null);
  }

  /** A packet of somebody. Answers the change that it makes, if it does. */
  hear(id: string, dBov: number, at: number): Change | undefined {
    const now = this.#timeAt(at);
    const candidate = this.#candidates.get(id) ?? newCandidate(now);
    this.#candidates.set(id, candidate);
    candidate.loudness.hear(dBov, now);
    candidate.audiblePackets = dBov >= AUDIBLE_DBOV ? candidate.audiblePackets + 1 : 0;
    candidate.voicePackets = dBov >= VOICE_DBOV ? candidate.voicePackets + 1 : 0;
    if (candidate.audiblePackets >= ENOUGH_PACKETS) candidate.heardAt = now;
    if (candidate.voicePackets >= ENOUGH_PACKETS) candidate.spokeAt = now;
    if (this.#places.includes(id) || candidate.audiblePackets < ENOUGH_PACKETS) return undefined;
    const place = this.#placeFor(id, candidate, now);
    return place === undefined ? undefined : this.#put(place, id);
  }

  /** Time went by: who was long not heard leaves. */
  settle(at: number): Change[] {
    const now = this.#timeAt(at);
    return this.#places.flatMap((id, place) =>
      id !== null && now - this.#candidate(place).heardAt > LEAVES_AFTER_MS
        ? [this.#put(place, null)]
        : [],
    );
  }

  /** Muted, or gone. */
  remove(id: string): Change | undefined {
    this.#candidates.delete(id);
    const place = this.#places.indexOf(id);
    return place < 0 ? undefined : this.#put(place, null);
  }

  #placeFor(id: string, candidate: Candidate, now: number): number | undefined {
    const free = this.#free(id);
    if (free !== undefined) return free;
    if (candidate.voicePackets < ENOUGH_PACKETS) return undefined;
    return this.#yielding(now) ?? this.#outspoken(candidate, now);
  }

  #free(id: string): number | undefined {
    const free = [...this.#places.keys()].filter((place) => this.#places[place] === null);
    return free.find((place) => this.#last[place] === id) ?? free[0];
  }

  /** The place of whoever has said nothing for longest, if that is long enough. */
  #yielding(now: number): number | undefined {
    const [place] = [...this.#places.keys()].toSorted(
      (a, b) => this.#candidate(a).spokeAt - this.#candidate(b).spokeAt,
    );
    if (place === undefined) return undefined;
    return now - this.#candidate(place).spokeAt > YIELDS_AFTER_MS ? place : undefined;
  }

  /** The place of the quietest, once the candidate has been louder for a while. */
  #outspoken(candidate: Candidate, now: number): number | undefined {
    const loudness = (place: number): number => this.#candidate(place).loudness.at(now);
    const [quietest] = [...this.#places.keys()].toSorted((a, b) => loudness(a) - loudness(b));
    if (quietest === undefined) return undefined;
    const isLouder = candidate.loudness.at(now) > loudness(quietest) + LOUDER_BY_DB;
    candidate.louderPackets = Math.max(0, candidate.louderPackets + (isLouder ? 1 : -1));
    return candidate.louderPackets >= LOUDER_PACKETS ? quietest : undefined;
  }

  #put(place: number, id: string | null): Change {
    const left = this.#places[place] ?? null;
    if (left !== null) this.#last[place] = left;
    this.#places[place] = id;
    const candidate = this.#candidates.get(id ?? '');
    if (candidate) candidate.louderPackets = 0;
    return { place, id };
  }

  #timeAt(at: number): number {
    const passed = at - (this.#lookedAt ?? at);
    this.#clock += Math.min(LONGEST_STEP_MS, Math.max(0, passed));
    this.#lookedAt = at;
    return this.#clock;
  }

  /** Who is on the place. */
  #candidate(place: number): Candidate {
    return this.#candidates.get(this.#places[place] ?? '') ?? newCandidate(0);
  }
}

function newCandidate(now: number): Candidate {
  return {
    loudness: new Loudness(now),
    audiblePackets: 0,
    voicePackets: 0,
    heardAt: now,
    spokeAt: now,
    louderPackets: 0,
  };
}
