export interface Typist {
  userId: string;
  username: string;
  /** Milliseconds since the Unix epoch. */
  until: number;
}

/** Who types, longest at it first. A mark whose time is past ends it. */
export function withTypist(
  typists: readonly Typist[],
  typist: Typist,
  now: number,
): readonly Typist[] {
  const at = typists.findIndex((other) => other.userId === typist.userId);
  if (typist.until <= now) return at < 0 ? typists : typists.toSpliced(at, 1);
  return at < 0 ? [...typists, typist] : typists.with(at, typist);
}

export function withoutTypist(typists: readonly Typist[], userId: string): readonly Typist[] {
  return typists.some((typist) => typist.userId === userId)
    ? typists.filter((typist) => typist.userId !== userId)
    : typists;
}

export function stillTyping(typists: readonly Typist[], now: number): readonly Typist[] {
  return typists.some((typist) => typist.until <= now)
    ? typists.filter((typist) => typist.until > now)
    : typists;
}
