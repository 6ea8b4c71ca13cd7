// Bundles of kinds that the demo's is not, trained on a little data that is made up, in seconds.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './exported.mjs';

const run = promisify(execFile);

// trained returns the file of a bundle trained on lines of items.csv and interactions.csv, with flags of the builder.
async function trained(work, name, items, interactions, ...flags) {
  const input = path.join(work, name);
  const file = path.join(work, `${name}.bundle`);
  await mkdir(input);
  await writeFile(path.join(input, 'items.csv'), ['item_id,title,year,genres', ...items, ''].join('\n'));
  await writeFile(path.join(input, 'interactions.csv'), ['user_id,item_id,timestamp,rating', ...interactions, ''].join('\n'));
  await run('go', ['run', './build', 'bundle', '--input', input, '--out', file, '--epochs', '1', ...flags], { cwd: root });
  return file;
}

const itemsOf = (count, kinds) => Array.from({ length: count }, (_, i) => `${i + 1},Thing ${i + 1},${1980 + (i % 40)},Kind ${i % kinds}`);

// attentive returns the file of one with a network of self-attention.
export async function attentive(work) {
  const rows = Array.from({ length: 40 * 12 }, (_, i) => {
    const [user, k] = [i % 40, Math.floor(i / 40)];
    return `u${user},${3 * ((user * 5 + k * k) % 50) + (user % 3) + 1},${1_700_000_000 + user * 1000 + k * 60},${4 + (k % 2)}`;
  });
  return trained(work, 'attentive', itemsOf(150, 3), rows, '--retrieval', 'sequence');
}

// divided returns the file of one with cells, which pay where users keep to one of many kinds.
export async function divided(work) {
  const [users, kinds, each] = [160, 8, 400];
  const rows = Array.from({ length: users * 18 }, (_, i) => {
    const [user, k] = [i % users, Math.floor(i / users)];
    return `u${user},${kinds * ((user * 7 + k * k * 3 + k) % each) + (user % kinds) + 1},${1_700_000_000 + user * 1000 + k * 60},${4 + (k % 2)}`;
  });
  const file = await trained(work, 'divided', itemsOf(kinds * each, kinds), rows, '--retrieval', 'pool', '--index', 'cells');
  const { stdout } = await run('go', ['run', './build', 'inspect', '--bundle', file], { cwd: root });
  assert.match(stdout, /^section cells /m, 'the builder kept the cells');
  return file;
}
