import { expect, test } from 'vitest';
import { captureProblem } from './capture.ts';

const problem = (name: string, message = '') => new DOMException(message, name);

test('why there is no picture, as one can mend it', () => {
  expect(captureProblem(problem('NotAllowedError'), 'blocked')).toBe('blocked');
  expect(captureProblem(problem('NotFoundError'), 'blocked')).toBe('none');
  expect(captureProblem(problem('OverconstrainedError'), 'blocked')).toBe('none');
  expect(captureProblem(problem('NotReadableError'), 'blocked')).toBe('busy');
  expect(captureProblem(new Error('anything'), 'blocked')).toBe('busy');
});

test('who chose no screen is not told that something failed, who may not share is', () => {
  expect(captureProblem(problem('NotAllowedError', 'Permission denied'), 'cancelled')).toBe(
    'cancelled',
  );
  const bySystem = problem('NotAllowedError', 'Permission denied by system');
  expect(captureProblem(bySystem, 'cancelled')).toBe('blocked');
});
