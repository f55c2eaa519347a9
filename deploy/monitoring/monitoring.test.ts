import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createPrometheusMeter } from '../../api/src/adapters/meter-prometheus.ts';
import { processMetrics } from '../../api/src/adapters/metrics-page.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');

const Dashboard = z.object({
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      type: z.string(),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ expr: z.string() })).default([]),
    }),
  ),
});
const Alerts = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          annotations: z.object({ summary: z.string() }),
        }),
      ),
    }),
  ),
});

const { panels } = Dashboard.parse(JSON.parse(read('dashboard.json')));
const alerts = Alerts.parse(parse(read('alerts.yml'))).groups.flatMap(({ rules }) => rules);
const page = read('../../docs/metrics.md');

/** Of a histogram Prometheus keeps three series. */
function namesIn(expr: string): string[] {
  const names = expr.match(/\b(?:harmonium|nodejs|process)_[a-z0-9_]+/g) ?? [];
  return names.map((name) => name.replace(/_(bucket|sum|count)$/, ''));
}

const exprs = [...panels.flatMap(({ targets }) => targets), ...alerts].map(({ expr }) => expr);

test('the page of metrics explains every metric that the dashboard and the alerts ask for', () => {
  const asked = [...new Set(exprs.flatMap(namesIn))].filter((name) => name.startsWith('harmonium'));
  expect(asked.length).toBeGreaterThan(20);
  const [, sfu = ''] = page.split('## Voice');
  for (const name of asked) {
    const isShort = name.startsWith('harmonium_sfu_') && sfu.includes(`\`${name.slice(13)}\``);
    expect(page.includes(`\`${name}`) || isShort, name).toBe(true);
  }
});

test('what is asked of the api and of its process is there', async () => {
  const registries = [createPrometheusMeter().registry, processMetrics()];
  const metrics = await Promise.all(registries.map((registry) => registry.getMetricsAsJSON()));
  const known = new Set(metrics.flat().map(({ name }) => name));
  const asked = exprs.flatMap(namesIn).filter((name) => !/^harmonium_(rooms|sfu)/.test(name));
  expect([...new Set(asked)].filter((name) => !known.has(name))).toEqual([]);
});

describe('the dashboard', () => {
  test('has panels that ask for something, each once, none over another', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = new Set<string>();
    const mute = panels.filter(({ type, targets }) => type !== 'row' && targets.length === 0);
    expect(mute).toEqual([]);
    for (const { title, gridPos } of panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(cells.has(`${x},${y}`), title).toBe(false);
          cells.add(`${x},${y}`);
        }
      }
    }
  });

  test('has brackets that close', () => {
    for (const expr of exprs) {
      expect(expr.split('(').length, expr).toBe(expr.split(')').length);
      expect(expr.split('{').length, expr).toBe(expr.split('}').length);
    }
  });
});
