import { Permission } from '@harmonium/api/permissions';
import { describe, expect, test } from 'vitest';
import { changesOf, isDirty, stanceOf, withEdits, withStance } from './override-draft.ts';
import type { Rule } from './override-draft.ts';

const { VIEW_CHANNEL, SEND_MESSAGES } = Permission;
const SERVER = '1';
const rule = (targetId: string, allow = 0n, deny = 0n): Rule => ({
  kind: 'role',
  targetId,
  allow,
  deny,
});
const edits = (...rules: Rule[]) => new Map(rules.map((each) => [each.targetId, each]));

describe('who may do what in a channel, before it is saved', () => {
  test('a permission is denied, left to the roles, or allowed: never two of them', () => {
    const allowed = withStance(rule('2'), VIEW_CHANNEL, 'allow');
    expect(stanceOf(allowed, VIEW_CHANNEL)).toBe('allow');
    const denied = withStance(allowed, VIEW_CHANNEL, 'deny');
    expect([stanceOf(denied, VIEW_CHANNEL), denied.allow]).toEqual(['deny', 0n]);
    expect(withStance(denied, VIEW_CHANNEL, 'inherit')).toEqual(rule('2'));
  });

  test('the other permissions stay as they are', () => {
    const before = rule('2', SEND_MESSAGES, 0n);
    expect(withStance(before, VIEW_CHANNEL, 'deny')).toEqual(
      rule('2', SEND_MESSAGES, VIEW_CHANNEL),
    );
  });

  test('what somebody else saves meanwhile shows where nothing was edited', () => {
    const saved = [rule('2', VIEW_CHANNEL), rule('3', SEND_MESSAGES)];
    const edited = edits(rule('3'), rule('4', VIEW_CHANNEL));
    expect(withEdits(saved, edited)).toEqual([saved[0], rule('3'), rule('4', VIEW_CHANNEL)]);
  });

  test('an edit that was taken back, or says nothing, is no change', () => {
    const saved = [rule('2', VIEW_CHANNEL)];
    expect(isDirty(saved, edits(rule('2', VIEW_CHANNEL), rule('3')))).toBe(false);
    expect(isDirty(saved, edits(rule('2')))).toBe(true);
  });

  test('who is let in is let in before everyone is shut out', () => {
    const changes = changesOf(
      [],
      edits(rule(SERVER, 0n, VIEW_CHANNEL), rule('2', 0n, SEND_MESSAGES), rule('3', VIEW_CHANNEL)),
      SERVER,
    );
    expect(changes.map(({ targetId }) => targetId)).toEqual(['3', '2', SERVER]);
  });
});
