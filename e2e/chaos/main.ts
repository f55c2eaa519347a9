import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import { isPassed, runFault, type Outcome } from './run-fault.ts';
import { table } from './table.ts';
import { installWebSocket } from './web-socket.ts';

/** `npm run test:chaos -- [fault…] [--messages 10000] [--seconds …]` */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { messages: { type: 'string', default: '10000' }, seconds: { type: 'string' } },
});
const unknown = positionals.filter((name) => !faults.some((fault) => fault.name === name));
if (unknown.length > 0) {
  const known = faults.map(({ name }) => name).join(', ');
  console.error(`There is no ${unknown.join(', ')}; there are ${known}.`);
  process.exit(1);
}

// Cut short, it takes what it has started with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
installWebSocket();
console.log(
  `${availableParallelism()} cores of ${cpus()[0]?.model}, Node ${process.version}, ${new Date().toISOString()}\n`,
);
const wanted = faults.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const outcomes: Outcome[] = [];
for (const fault of wanted) {
  const hindrance = fault.hindrance?.();
  if (hindrance !== undefined) {
    console.log(`${fault.name}: not run, as ${hindrance}`);
    continue;
  }
  const started = performance.now();
  const seconds = Number(values.seconds ?? fault.seconds);
  const outcome = await runFault(fault, { sayings: Number(values.messages), seconds });
  outcomes.push(outcome);
  report(outcome, (performance.now() - started) / 1000);
}
console.log(`\n${table(outcomes)}`);
const out = join(import.meta.dirname, '../out');
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'chaos.json'), `${JSON.stringify(outcomes, null, 2)}\n`);
process.exit(outcomes.every(isPassed) ? 0 : 1);

function report(outcome: Outcome, seconds: number): void {
  const { fault, findings, troubles, notes } = outcome;
  const verdict = isPassed(outcome) ? 'held' : 'BROKEN';
  const load = loadavg()[0]?.toFixed(1);
  console.log(`${fault.name}: ${verdict} (${seconds.toFixed(0)} s, machine load ${load})`);
  for (const note of notes) console.log(`  ${note}`);
  const wrong: [string, string[]][] = [...Object.entries(findings), ['trouble', troubles]];
  for (const [kind, list] of wrong) {
    for (const text of list.slice(0, 5)) console.log(`  ${kind}: ${text}`);
    if (list.length > 5) console.log(`  ${kind}: … ${list.length} in all`);
  }
}
