import { ApiProblem } from '@harmonium/api/client';
import { ERRORS } from '@harmonium/api/errors';
import type { ErrorBody, ErrorCode } from '@harmonium/api/errors';
import { describe, expect, test } from 'vitest';
import { fieldProblem, formProblem, problemSentence } from './problems.ts';

describe('problems in words', () => {
  test('every code of the server has a sentence', () => {
    const wordless = (Object.keys(ERRORS) as ErrorCode[]).filter(
      (code) => !/^[A-Z].*[.?]$/.test(problemSentence(problem(code))),
    );
    expect(wordless).toEqual([]);
  });

  test('no answer is said as such', () => {
    expect(problemSentence(new ApiProblem(0, undefined))).toContain('connection');
  });

  test('a rate limit says how long to wait', () => {
    expect(problemSentence(problem('rate_limited', { retryAfter: 11.2 }))).toContain('12 seconds');
  });

  test('a taken name is said at the name, and not again above the form', () => {
    const taken = problem('username_taken');
    expect(fieldProblem(taken, 'username')).toBe('This name is taken. Try another.');
    expect(fieldProblem(taken, 'email')).toBeUndefined();
    expect(formProblem(taken)).toBeUndefined();
  });

  test('a wrong field repeats its rule', () => {
    const wrong = problem('invalid_body', {
      details: [{ path: 'password', message: 'too short' }],
    });
    expect(fieldProblem(wrong, 'password')).toContain('at least 8');
    expect(fieldProblem(wrong, 'username')).toBeUndefined();
    expect(formProblem(wrong)).toBe('Please check what you entered.');
  });

  test('a code that this page does not know yet is our problem, not a blank', () => {
    expect(problemSentence(problem('from_the_future' as ErrorCode))).toContain('our side');
  });
});

function problem(code: ErrorCode, more: Partial<ErrorBody['error']> = {}): ApiProblem {
  return new ApiProblem(400, { error: { code, message: code, requestId: 'r', ...more } });
}
