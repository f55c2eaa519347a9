import { describe, expect, test } from 'vitest';
import { answererOf } from './site-edge.ts';

const asked = (path: string, init?: RequestInit) =>
  answererOf(new Request(`https://chat.example.org${path}`, init));

describe('the one origin of a Worker', () => {
  test.each([
    ['/api', 'api'],
    ['/api/config', 'api'],
    ['/health', 'api'],
    ['/healthy', 'page'],
    ['/apish', 'page'],
    ['/', 'page'],
    ['/invite/abc', 'page'],
    // A script of a page that is gone must not be answered with a page.
    ['/assets/gone.js', 'nobody'],
  ])('%s is answered by %s', (path, answerer) => {
    expect(asked(path)).toBe(answerer);
  });

  test('rooms are reached by sockets only', () => {
    expect(asked('/parties/main/1')).toBe('nobody');
    expect(asked('/parties/main/1', { method: 'POST' })).toBe('nobody');
    expect(asked('/parties/main/1', { headers: { upgrade: 'WebSocket' } })).toBe('rooms');
  });

  test('nothing can be sent to the page', () => {
    expect(asked('/invite/abc', { method: 'POST' })).toBe('nobody');
  });
});
