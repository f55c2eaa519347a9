import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands, isTried, page } from './commands.ts';

/** What docs/edge.md tells people to type, against what it says of files and settings. */

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const api = read('wrangler.toml');
const rooms = read('rooms/wrangler.toml');

describe('docs/edge.md', () => {
  test('has no command but those that are run or checked', () => {
    expect(commands.length).toBeGreaterThan(15);
    expect(commands.filter((line) => !isTried(line))).toEqual([]);
  });

  test('gives each Worker every secret that its file names, and no other', () => {
    for (const [config, suffix] of [
      [api, ''],
      [rooms, ' --config rooms/wrangler.toml'],
    ] as const) {
      const given = commands.flatMap((line) => {
        const [, name = '', rest = ''] = /^npx wrangler secret put (\w+)(.*)$/.exec(line) ?? [];
        return name !== '' && rest === suffix ? [name] : [];
      });
      expect(given.toSorted()).toEqual(secretsOf(config));
    }
  });

  test('deploys the rooms before the api, which is bound to them', () => {
    const deploys = commands.filter((line) => /^npx wrangler deploy(?! --dry-run)/.test(line));
    expect(deploys.map((line) => line.includes('rooms'))).toEqual([true, false, true, false]);
    expect(api).toContain(`service = "${/^name = "(.+)"$/m.exec(rooms)?.[1]}"`);
  });

  test('names settings and files that are there', () => {
    const settings = read('.env.example');
    for (const [, name = ''] of page.matchAll(/`([A-Z][A-Z0-9_]{4,})`/g)) {
      expect(
        [api, rooms, settings].some((text) => text.includes(name)),
        name,
      ).toBe(true);
    }
    for (const [, path = ''] of page.matchAll(/\]\(([\w./-]+\.md)(?:#[\w-]+)?\)/g)) {
      expect(existsSync(join(root, 'docs', path)), path).toBe(true);
    }
    for (const [, path = ''] of page.matchAll(/`((?:rooms|deploy|e2e)\/[\w./-]+)`/g)) {
      expect(existsSync(join(root, path)), path).toBe(true);
    }
  });
});

/** As the comment at the end of the file lists them. */
function secretsOf(config: string): string[] {
  const [, list = ''] =
    /^# (?:The s|S)ecrets?, [^\n]*\n?((?:# {3,}[A-Z0-9_ ]+\n)*)/m.exec(config) ?? [];
  const inLine = /secret put ([A-Z_]{4,})/.exec(config)?.[1];
  const names = list.match(/[A-Z][A-Z0-9_]{4,}/g) ?? (inLine === undefined ? [] : [inLine]);
  return names.toSorted();
}
