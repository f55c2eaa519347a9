/** One line of a table. */
export interface Figure {
  what: string;
  unit: string;
  value: number;
  /** The same by the bare reference, in the same run. */
  bare?: number;
  /** What we aim at, on the value or on its ratio to the bare reference. */
  aim?: { of: 'value' | 'ratio'; atLeast: number } | { of: 'value' | 'ratio'; atMost: number };
}

export interface Options {
  /** Sockets in the rooms; absent: what the measurement says. */
  sockets: number | undefined;
}

export interface Measurement {
  /** What it is compared with, in a few words. */
  bare: string;
  run(options: Options): Promise<Figure[]>;
}

export function ratioOf({ value, bare }: Figure): number | undefined {
  return bare === undefined || bare === 0 ? undefined : value / bare;
}

/** Undefined: nothing is aimed at, or it cannot be said. */
export function isMet(figure: Figure): boolean | undefined {
  const { aim } = figure;
  const measured = aim?.of === 'ratio' ? ratioOf(figure) : figure.value;
  if (aim === undefined || measured === undefined) return undefined;
  return 'atLeast' in aim ? measured >= aim.atLeast : measured <= aim.atMost;
}
