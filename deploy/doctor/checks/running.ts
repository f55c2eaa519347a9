import { bad, ok, warn, wordsOf, type Check, type Health } from '../finding.ts';
import { takeTcp } from '../reach.ts';

const ANSWER_WITHIN_MS = 5_000;

/** What answers `/health` there; undefined: nobody, or somebody else. */
export async function healthAt(url: string): Promise<Health | undefined> {
  try {
    const response = await fetch(`${url}/health`, {
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const answer: unknown = await response.json();
    return isHealth(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

function isHealth(answer: unknown): answer is Health {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'version' in answer &&
    'checks' in answer &&
    typeof answer.checks === 'object'
  );
}

/** The parts of a running Harmonium, as it sees them itself; else whether its port is free. */
export const running: Check = async ({ environment: { port }, health }) => {
  if (health === undefined) {
    try {
      await takeTcp(port);
      return [ok('port', `${port} is free; Harmonium does not run`)];
    } catch (error) {
      return [
        bad(
          'port',
          `${port} cannot be had: ${wordsOf(error)}`,
          'Stop what listens there, or set PORT to another.',
        ),
      ];
    }
  }
  const failing = Object.entries(health.checks).filter(([, check]) => !check.ok);
  return [
    ok('port', `Harmonium ${health.version} runs on ${port}`),
    ...failing.map(([part, { message }]) =>
      part === 'sfu'
        ? warn('sfu', message ?? 'failing', 'Chat works without. See its log for the reason.')
        : bad(part, message ?? 'failing', `See the log of ${part}.`),
    ),
  ];
};
