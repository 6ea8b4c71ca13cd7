// Measures in Chromium what the engine takes of catalogs of several sizes, for build/bench scale: node scale.mjs
// PROGRAM BUNDLE… prints for each bundle one line of JSON: ms of open, of the first of each question and of later
// ones, and bytes of memory. ROUNDS=<of each question> (15).
import path from 'node:path';
import { least, median } from '../lib/figures.mjs';
import { script, stage } from './stage.mjs';

const [program, ...bundles] = process.argv.slice(2);
if (!bundles.length) {
  console.error('node scale.mjs PROGRAM BUNDLE…: the engine with every verb (make whole), and bundles');
  process.exit(2);
}
const rounds = Number(process.env.ROUNDS ?? 15);
const named = (name) => `/${path.basename(name)}`;
const { browser, work, end } = await stage({
  '/scale.js': script('scale.js'), '/whole.wasm': program, ...Object.fromEntries(bundles.map((file) => [named(file), file])),
});

try {
  for (const file of bundles) {
    const run = (first, count = 0) => work('/scale.js', { program: '/whole.wasm', bundle: named(file), first, rounds: count });
    const opened = []; // a program that has answered nothing yet, for each first question
    const first = {};
    let last;
    for (const question of ['home', 'similar', 'search', 'recommend']) {
      const results = [];
      for (let i = 0; i < 3; i++) results.push(last = await run(question, question === 'recommend' && i === 2 ? rounds : 0));
      first[question] = least(results.map((one) => one.first));
      opened.push(...results);
    }
    console.log(JSON.stringify({
      file: path.basename(file), browser: `Chromium ${browser.version()}`, open: least(opened.map((one) => one.open)), first, idle: last.idle,
      median: Object.fromEntries(Object.entries(last.times).map(([name, ms]) => [name, median(ms)])),
      least: Object.fromEntries(Object.entries(last.times).map(([name, ms]) => [name, least(ms)])),
      memory: last.memory,
    }));
  }
} finally {
  await end();
}
