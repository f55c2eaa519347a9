import type { VoiceNode } from '@harmonium/api/internal';
import { expect, test } from 'vitest';
import { pickNode, type Wanted } from './pick-node.ts';

function node(id: string, rest: Partial<VoiceNode> = {}): VoiceNode {
  const internalUrl = `http://${id}.test`;
  return { id, internalUrl, peers: 0, load: 0, draining: false, calls: [], ...rest };
}
const calls = ['200'] as VoiceNode['calls'];
const pick = (nodes: VoiceNode[], wanted: Partial<Wanted> = {}) =>
  pickNode(nodes, { channelId: '200', claimed: undefined, sentTo: () => 0, ...wanted })?.id;

test('a call stays where it was settled, also while it is only about to begin', () => {
  expect(pick([node('a'), node('b', { peers: 50 })], { claimed: 'b' })).toBe('b');
  expect(pick([node('a', { calls }), node('b')], { claimed: 'b' })).toBe('b');
});

test('a call stays on the node that holds it', () => {
  expect(pick([node('a'), node('b', { peers: 50, load: 0.9, calls })])).toBe('b');
});

test('a call that nobody holds goes to the least busy node', () => {
  expect(pick([node('a', { load: 0.5 }), node('b', { load: 0.2, peers: 90 })])).toBe('b');
  expect(pick([node('a', { load: 0.01, peers: 3 }), node('b', { load: 0.05, peers: 2 })])).toBe(
    'b',
  );
});

test('those who were sent to a node count before it says so', () => {
  const nodes = [node('a', { peers: 1 }), node('b', { peers: 2 })];
  expect(pick(nodes, { sentTo: (id) => (id === 'a' ? 2 : 0) })).toBe('b');
});

test('no call goes to a node that is emptied, whoever settled it there', () => {
  const nodes = [node('a', { draining: true, calls }), node('b', { load: 1 })];
  expect(pick(nodes, { claimed: 'a' })).toBe('b');
  expect(pick([node('a', { draining: true, calls })])).toBeUndefined();
});
