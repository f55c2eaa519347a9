import type { Person } from './person.ts';

const EVERY_MS = 20;
/** Of a hundred things done, how many are edits and removals of what was said before. */
const EDITS = 8;
const REMOVALS = 2;
/** How many are emoji put on one of the last messages, or taken away. */
const REACTIONS = 15;

/** People write, edit, remove and react, together so many times over so many seconds. */
export async function talk(
  people: readonly Person[],
  options: { sayings: number; seconds: number; length: number },
): Promise<void> {
  const { sayings, seconds, length } = options;
  const started = performance.now();
  let said = 0;
  while (said < sayings) {
    const share = (performance.now() - started) / (seconds * 1000);
    const due = Math.min(sayings, Math.ceil(share * sayings));
    const free = people.filter((person) => !person.isBusy);
    for (; said < due && free.length > 0; said += 1) {
      const person = free[Math.floor(Math.random() * free.length)];
      if (person !== undefined)
        say(person, `${person.name} ${said}`.padEnd(length, ' word').trimEnd());
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

function say(person: Person, content: string): void {
  const chance = Math.random() * 100;
  if (!isDoneToAnother(person, content, chance)) person.write(content);
}

function isDoneToAnother(person: Person, content: string, chance: number): boolean {
  if (chance < EDITS) return person.edit(`${content} (edited)`, Math.random);
  if (chance < EDITS + REMOVALS) return person.remove(Math.random);
  return chance < EDITS + REMOVALS + REACTIONS && person.react(Math.random);
}
