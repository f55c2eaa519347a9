/**
 * The list with some of its things moved: those that move are taken out, and put in one by one at
 * the position each wants, the lowest first; what does not move keeps its order.
 */
export function place<T extends { id: string }>(
  list: readonly T[],
  wanted: readonly { id: string; position: number }[],
): T[] {
  const moving = new Map(list.map((thing) => [thing.id, thing]));
  const moved = new Set(wanted.map(({ id }) => id));
  const placed = list.filter(({ id }) => !moved.has(id));
  for (const { id, position } of wanted.toSorted((a, b) => a.position - b.position)) {
    const thing = moving.get(id);
    if (thing !== undefined) placed.splice(position, 0, thing);
  }
  return placed;
}
