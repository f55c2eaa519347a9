import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { capacity } from './capacity.ts';
import { crowd } from './crowd.ts';
import { fairness } from './fairness.ts';
import { fanout } from './fanout.ts';
import { history } from './history.ts';
import { idle } from './idle.ts';
import { latency } from './latency.ts';
import { isMet, ratioOf, type Measurement } from './measurement.ts';
import { open } from './open.ts';
import { scroll } from './scroll.ts';
import { search } from './search.ts';
import { storm } from './storm.ts';
import { table } from './table.ts';
import { voice } from './voice.ts';

const measurements: Record<string, Measurement> = {
  fanout,
  fairness,
  latency,
  open,
  storm,
  crowd,
  history,
  search,
  scroll,
  idle,
  voice,
  capacity,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sockets: { type: 'string' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(measurements);
const unknown = names.filter((name) => !(name in measurements));
if (unknown.length > 0) {
  console.error(
    `There is no ${unknown.join(', ')}; there are ${Object.keys(measurements).join(', ')}.`,
  );
  process.exit(1);
}

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  node: process.version,
  date: new Date().toISOString(),
};
console.log(`${machine.cores} cores of ${machine.cpu}, Node ${machine.node}\n`);
const out = join(import.meta.dirname, 'out');
mkdirSync(out, { recursive: true });

for (const name of names) {
  const measurement = measurements[name];
  if (measurement === undefined) continue;
  const started = performance.now();
  const figures = await measurement.run({
    sockets: values.sockets === undefined ? undefined : Number(values.sockets),
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${name} (${seconds} s, machine load ${loadavg()[0]?.toFixed(1)})`);
  console.log(`bare: ${measurement.bare}\n${table(figures)}\n`);
  const kept = figures.map((figure) =>
    Object.assign({ ratio: ratioOf(figure), met: isMet(figure) }, figure),
  );
  writeFileSync(
    join(out, `${name}.json`),
    `${JSON.stringify({ machine, figures: kept }, null, 2)}\n`,
  );
}
process.exit();
