import { parseArgs } from 'node:util';
import { readEnvironment } from '../../api/src/config.ts';
import { examine } from './examine.ts';
import { bad, wordsOf, type Finding } from './finding.ts';

/**
 * `npm run doctor [-- --json]`, with the settings that Harmonium is started with, while it runs or
 * not: says what is wrong and how to mend it. Ends with 1 when something does not work.
 */

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const findings = await look();
if (values.json) console.log(JSON.stringify(findings, undefined, 2));
else for (const line of findings.flatMap(linesOf)) console.log(line);
process.exitCode = findings.some(({ state }) => state === 'bad') ? 1 : 0;

async function look(): Promise<Finding[]> {
  try {
    return await examine(readEnvironment(process.env), process.env['BACKUP_DIR']);
  } catch (error) {
    return [bad('settings', wordsOf(error), 'Mend it in .env or the environment, and look again.')];
  }
}

function linesOf({ about, state, says, cure }: Finding): string[] {
  const sign = { ok: '✓', warn: '!', bad: '✗' }[state];
  const line = `${sign} ${about.padEnd(14)} ${says}`;
  return cure === undefined ? [line] : [line, `${' '.repeat(17)}→ ${cure}`];
}
