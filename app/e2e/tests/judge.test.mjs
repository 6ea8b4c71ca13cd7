// The judge of make bench-browser, without a browser: ratios, the table, the exit code, the picture,
// and what a trace's longest task is.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { longest } from '../bench/tasks.mjs';
import { fastest, merged, reaches, rowsOf } from '../lib/figures.mjs';
import { Judge } from '../lib/judge.mjs';
import { picture } from '../lib/picture.mjs';
import { best, embeddings, overlap, queries, table } from '../peers/data.js';

const silent = () => {};
const ended = async (t, judge) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sparrow-judge-'));
  t.after(() => rmSync(folder, { recursive: true }));
  t.mock.method(console, 'log', silent);
  t.mock.method(console, 'error', silent);
  return { code: await judge.end(folder), folder };
};

test('a ratio is the least of the fastest peer over our least, so that one slow moment does not count', () => {
  const times = { ours: [9, 2, 4], slow: [30, 20], quick: [80, 5, 90] };
  assert.deepEqual(fastest(times, ['slow', 'quick']), { peer: 'quick', ratio: 2.5 });
  assert.deepEqual(fastest(times, ['slow']), { peer: 'slow', ratio: 10 });
});

test('peers that were measured apart keep their ratio to ours beside them', () => {
  const { times, recall, built } = merged([
    { times: { ours: [2, 4], a: [6] }, recall: { ours: 0.9, a: 1 }, built: null },
    { times: { ours: [8], b: [16, 4] }, recall: { ours: 0.9, b: 0.5 }, built: null },
  ]);
  assert.deepEqual(times, { ours: [2, 4, 2], a: [6], b: [4, 1] });
  assert.deepEqual([recall, built], [{ ours: 0.9, a: 1, b: 0.5 }, null]);
  const alone = { times: { ours: [3, 2], a: [5] }, recall: { ours: 1, a: 1 }, built: 7 };
  assert.deepEqual(merged([alone]), alone);
});

test('a bar is met where it is just met, missed by what is no number, and not there for what is only told', () => {
  assert.equal(reaches({ bar: 2, measured: 2 }), true);
  assert.equal(reaches({ bar: 2, measured: 2.1 }), false);
  assert.equal(reaches({ bar: 2, measured: 2, least: true }), true);
  assert.equal(reaches({ bar: 2, measured: 1.9, least: true }), false);
  assert.equal(reaches({ bar: 2, measured: NaN }), false);
  assert.equal(reaches({ bar: 0, measured: 0.1 }), false);
  assert.equal(reaches({ measured: 7 }), true);
  assert.equal(reaches({ bar: 2, by: 'make size' }), true);
});

test('a row has figure, bar, measured, peer, runs and reached; a command stands where it measures', () => {
  const rows = rowsOf([
    { name: 'scan', bar: 2.5, least: true, measured: 1.3456, unit: '×', digits: 2, peer: 'ORT', runs: 30 },
    { name: 'bytes', bar: 480, unit: 'KB', by: 'make size' },
    { name: 'told', measured: 3 },
  ]);
  assert.deepEqual(rows, [
    ['figure', 'bar', 'measured', 'peer', 'runs', 'reached'],
    ['scan', '≥ 2.50 ×', '1.35 ×', 'ORT', '30', 'NO'],
    ['bytes', '≤ 480 KB', 'make size', '', '', '–'],
    ['told', '–', '3', '', '1', '–'],
  ]);
  assert.deepEqual(rowsOf([{ name: 'lost', bar: 0, measured: 0 }])[1], ['lost', '≤ 0', '0', '1', 'yes'], 'no peers, no column');
});

test('the exit code is 1 where a bar is missed or a part fails, whose figures alone are lost', async (t) => {
  const judge = new Judge('machine', silent);
  await judge.part('good', (one) => one.ratio('scan', 2, { ours: [1], peer: [3] }, ['peer']));
  assert.equal((await ended(t, judge)).code, 0);
  await judge.part('told', (one) => one.ratio('scan', undefined, { ours: [3], peer: [1] }, ['peer']));
  assert.equal((await ended(t, judge)).code, 0);
  const failing = new Judge('machine', silent);
  await failing.part('bad', () => { throw new Error('no browser'); });
  await failing.part('good', (one) => one.figure({ name: 'bytes', bar: 2, measured: 1 }));
  assert.equal((await ended(t, failing)).code, 1);
  assert.deepEqual(failing.figures.map(({ name }) => name), ['bad: parts that ended with an error', 'bytes']);
  const missed = new Judge('machine', silent);
  missed.ratio('scan', 4, { ours: [1], peer: [3] }, ['peer']);
  assert.equal((await ended(t, missed)).code, 1);
});

test('every figure is one line of JSON, with what it was measured against and whether it is reached', () => {
  const lines = [];
  const judge = new Judge('machine', (line) => lines.push(line));
  judge.ratio('scan', 2, { ours: [2, 1], peer: [3, 4], other: [9] }, ['peer', 'other']);
  judge.aside({ name: 'open', measured: 12, unit: 'ms' });
  assert.deepEqual(lines.map((line) => JSON.parse(line)), [
    { figure: 'scan', unit: '×', bar: 2, measured: 3, peer: 'peer', runs: 2, reached: true },
    { figure: 'open', measured: 12, unit: 'ms' },
  ]);
  assert.equal(judge.figures.length, 1, 'what is told aside is not in the table');
});

test('the picture shows every engine of every table, escaped, in panels that do not overlap', async (t) => {
  const judge = new Judge('A <CPU> & more', silent);
  for (const [n, d] of [[10, 32], [10, 64], [500, 32]]) {
    for (const [engine, ms] of [['ours', 0.2], ['peer', 0.5], ['slow', 50]]) judge.point({ n, d, k: engine === 'slow' ? 2 : 3, engine, ms, recall: 0.987 });
  }
  const { folder } = await ended(t, judge);
  const svg = readFileSync(path.join(folder, 'bench-browser.svg'), 'utf8');
  assert.equal(svg, picture(judge.points, judge.machine));
  assert.match(svg, /The best 3, of slow the best 2; the least of all rounds. A &#60;CPU&#62; &#38; more/);
  assert.doesNotMatch(svg, /NaN|undefined|Infinity|<CPU>/);
  const bars = [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" class="(\w+)"/g)];
  assert.equal(bars.length, 9);
  assert.equal(bars.filter(([, , , , , name]) => name === 'ours').length, 3);
  const places = bars.map(([, x, y]) => `${x} ${y}`);
  assert.equal(new Set(places).size, 9, 'each bar has a place of its own');
  const [, , , , width] = /viewBox="(\d+) (\d+) (\d+) (\d+)"/.exec(svg).map(Number);
  assert.ok(bars.every(([, x, , long]) => Number(x) + Number(long) < 2 * 342), `bars end within ${width}`);
  assert.match(svg, /50\.0 →/, 'a bar that is cut off says so');
});

test('rows of a bundle are scanned as they are, and more of them lie around these', () => {
  const bytes = new ArrayBuffer(12 + 2 * 4 + 2 * 4 + 3 * 4 + 2 * 3);
  new Uint32Array(bytes, 0, 3).set([2, 3, 1]);
  new Float32Array(bytes, 12, 2).set([0.5, 2]);
  new Float32Array(bytes, 20, 2).set([-1, 1]);
  new Float32Array(bytes, 28, 3).set([7, 8, 9]);
  new Int8Array(bytes, 40, 6).set([127, 2, 3, -4, 127, -6]);
  const real = embeddings(bytes);
  const t = table(50, 3, real);
  assert.deepEqual([...t.floats.slice(0, 6)], [63.5, 1, 1.5, -8, 254, -12]);
  assert.deepEqual([...t.integers.slice(0, 6)], [...real.integers]);
  assert.deepEqual([...t.scale.slice(0, 2)], [0.5, 2]);
  assert.equal(new Set(t.bias).size, 2);
  assert.deepEqual(queries(t, 2, real).map((query) => [...query]), [[7, 8, 9], [7, 8, 9]], 'users of the model ask');
  assert.notDeepEqual([...t.floats.slice(6, 9)], [...t.floats.slice(0, 3)]);
  for (let at = 0; at < t.floats.length; at++) assert.ok(Math.abs(t.floats[at] - t.integers[at] * t.scale[Math.floor(at / 3)]) <= 0.51 * t.scale[Math.floor(at / 3)], `number ${at} is rounded`);
});

test('recall counts the best of exact scores, ties in the order of rows', () => {
  const t = { n: 5, d: 1, floats: Float32Array.of(1, 5, 5, 2, 0), bias: new Float32Array(5), size: 1 };
  assert.deepEqual(best(t, Float32Array.of(1), 3), [1, 2, 3]);
  assert.equal(overlap([[1, 9, 3], [1, 2, 3]], [[1, 2, 3], [1, 2, 3]], 3), 5 / 6);
  assert.equal(queries(t, 4).length, 4);
});

test('the longest task is that of the site’s page and worker, from the first paint on, by step', () => {
  const task = (tid, ts, ms, pid = 7) => ({ name: 'ThreadControllerImpl::RunTask', pid, tid, ts, dur: 1000 * ms });
  const events = [
    { name: 'thread_name', pid: 7, tid: 1, args: { name: 'CrRendererMain' } },
    { name: 'thread_name', pid: 7, tid: 2, args: { name: 'DedicatedWorker thread' } },
    { name: 'thread_name', pid: 8, tid: 1, args: { name: 'CrRendererMain' } },
    { name: 'firstContentfulPaint', pid: 7, ts: 100 },
    { name: 'step likes', pid: 7, ts: 500 }, { name: 'step search', pid: 7, ts: 900 },
    task(1, 50, 999), task(1, 150, 80), task(2, 600, 30), task(2, 700, 20), task(1, 950, 40), task(1, 960, 4000, 8), task(3, 970, 5000),
  ];
  assert.deepEqual(longest(events), { 'page, start': 80, 'worker, likes': 30, 'page, search': 40 });
});

test('a part that does not exist is told with exit code 2 before anything is built', () => {
  const root = new URL('../../../', import.meta.url);
  for (const name of ['nonsense', 'toString']) {
    const { status, stdout, stderr } = spawnSync('make', ['bench-browser', `ONLY=scans ${name}`], { cwd: root, encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, new RegExp(`ONLY="${name}": there is no such part; there are scans, `));
    assert.doesNotMatch(stdout, /building/);
  }
});
