/** What stands on lines of its own. Text keeps its line breaks and is to be shown with them. */
export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; level: 1 | 2 | 3; children: Inline[] }
  | { kind: 'small'; children: Inline[] }
  | { kind: 'quote'; children: Block[] }
  | List
  | { kind: 'fence'; language: string; text: string };

export interface List {
  kind: 'list';
  /** Absent: bullets. */
  start?: number;
  items: { children: Inline[]; lists: List[] }[];
}

/** What has nothing but a part of the line in it. */
export type Span = 'strong' | 'em' | 'underline' | 'strike' | 'spoiler';

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: Span; children: Inline[] }
  | Link
  | { kind: 'user' | 'role' | 'channel'; id: string }
  | { kind: 'crowd'; crowd: 'everyone' | 'here' }
  | { kind: 'emoji'; name: string; id: string; isAnimated: boolean }
  /** @property seconds since the Unix epoch */
  | { kind: 'time'; seconds: number; style: string };

export interface Link {
  kind: 'link';
  href: string;
  /** Absent: the address stands for itself. */
  children?: Inline[];
  /** Written as `<address>`: no preview is wanted. */
  isQuiet?: boolean;
}
