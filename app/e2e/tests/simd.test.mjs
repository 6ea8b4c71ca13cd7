// The engine answers the same bytes with and without SIMD, in every browser that BROWSERS names
// and in Node: from the demo's bundle, whose retrieval is a weighted sum, from one whose
// retrieval is self-attention, and from one whose searches look into some cells of the items.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { runInThisContext } from 'node:vm';
import { encode, float32 } from '../../../static/js/event.js';
import { chosen } from '../browsers/all.mjs';
import { answers, digests } from '../lib/answers.mjs';
import { folder, root } from '../lib/exported.mjs';
import { host } from '../lib/host.mjs';
import { decode } from '../lib/segment.mjs';
import { siteFolder } from '../lib/server.mjs';

const run = promisify(execFile);
const histories = [0, 3, 20, 100];

// asset returns the file of the site that is called so.
function asset(name) {
  const files = path.join(siteFolder, 'a');
  return readFile(path.join(files, readdirSync(files).find((file) => file.endsWith(`.${name}`))));
}

// whole returns the engine with every verb, compiled as what ships is.
async function whole(work) {
  await run('make', ['-s', 'whole', `OUT=${work}`], { cwd: root });
  return readFile(path.join(work, 'whole.wasm'));
}

// plain returns it as Go builds it where no one asks for SIMD.
async function plain(work) {
  const file = path.join(work, 'plain.wasm');
  await run('go', ['build', '-o', file, './build/bench/whole'], { cwd: root, env: { ...process.env, GOOS: 'js', GOARCH: 'wasm', GOEXPERIMENT: '' } });
  return readFile(file);
}

// The verbs that the site's own engine.wasm answers, which is a widget's.
const ofWidgets = ['act', 'movie', 'recommend'];

// trained trains a bundle on a little data, lines of items.csv and interactions.csv, by the builder's own flags.
async function trained(work, name, items, interactions, ...flags) {
  const input = path.join(work, name);
  const file = path.join(work, `${name}.bundle`);
  await mkdir(input);
  await writeFile(path.join(input, 'items.csv'), ['item_id,title,year,genres', ...items, ''].join('\n'));
  await writeFile(path.join(input, 'interactions.csv'), ['user_id,item_id,timestamp,rating', ...interactions, ''].join('\n'));
  await run('go', ['run', './build', 'bundle', '--input', input, '--out', file, '--epochs', '1', ...flags], { cwd: root });
  const { stdout } = await run('go', ['run', './build', 'inspect', '--bundle', file], { cwd: root });
  return { bytes: await readFile(file), holds: stdout };
}

const itemsOf = (count, kinds) => Array.from({ length: count }, (_, i) => `${i + 1},Thing ${i + 1},${1980 + (i % 40)},Kind ${i % kinds}`);

// attentive returns a bundle with a network of self-attention.
async function attentive(work) {
  const rows = Array.from({ length: 40 * 12 }, (_, i) => {
    const [user, k] = [i % 40, Math.floor(i / 40)];
    return `u${user},${3 * ((user * 5 + k * k) % 50) + (user % 3) + 1},${1_700_000_000 + user * 1000 + k * 60},${4 + (k % 2)}`;
  });
  return (await trained(work, 'attentive', itemsOf(150, 3), rows, '--retrieval', 'sequence')).bytes;
}

// divided returns a bundle with cells, which pay where users keep to one of many kinds.
async function divided(work) {
  const [users, kinds, each] = [160, 8, 400];
  const rows = Array.from({ length: users * 18 }, (_, i) => {
    const [user, k] = [i % users, Math.floor(i / users)];
    return `u${user},${kinds * ((user * 7 + k * k * 3 + k) % each) + (user % kinds) + 1},${1_700_000_000 + user * 1000 + k * 60},${4 + (k % 2)}`;
  });
  const { bytes, holds } = await trained(work, 'divided', itemsOf(kinds * each, kinds), rows, '--retrieval', 'pool', '--index', 'cells');
  assert.match(holds, /^section cells /m, 'the builder kept the cells');
  return bytes;
}

// demo returns the newest bundle of the demo.
async function demo() {
  const { bundle } = JSON.parse(await readFile(path.join(root, 'data/demo/latest.json'), 'utf8'));
  return readFile(path.join(root, `data/demo/${bundle}.bundle`));
}

const now = 1_750_000_000;

// questions returns [name, request] of all that is asked while a history of likes grows.
function questions(ids) {
  const all = [];
  const ask = (name, request) => all.push([name, encode({ ...request, n: now }), request.v]);
  let likes = 0;
  for (const most of histories) {
    for (; likes < most; likes++) ask(`like ${likes + 1}`, { v: 'act', e: [{ i: ids[likes], a: likes % 10 === 9 ? 'dislike' : 'like', t: now - 4000 * (100 - likes) }] });
    const [one, other] = [ids[1], ids.at(-1)];
    for (const [name, request] of [
      ['recommend', { v: 'recommend', k: 30, y: float32(-1) }], ['a list of variety', { v: 'recommend', k: 20, y: float32(0.6) }],
      ['a list without reasons', { v: 'recommend', k: 20, y: float32(-1), w: 'later' }], ['its reasons', { v: 'recommend', k: 20, y: float32(-1), w: 'alone' }],
      ['home', { v: 'home', k: 12, y: float32(-1) }], ['a liked item', { v: 'movie', i: one, k: 12 }], ['another item', { v: 'movie', i: other, k: 12 }],
      ['explain', { v: 'explain', i: other }], ['search', { v: 'search', q: 'th', k: 20 }], ['a search with a typo', { v: 'search', q: 'thnig', k: 20 }],
      ['tastes', { v: 'tastes', k: 8 }], ['the ways to compare', { v: 'lab-similar', i: one, k: 10 }], ['the map', { v: 'lab-map', i: one }], ['the approximate search', { v: 'lab-probe' }],
    ]) ask(`${name} after ${most} likes`, request);
  }
  return all;
}

test('the engine answers the same bytes with and without SIMD, in every browser and in Node', async (t) => {
  const work = await folder(t);
  const [script, shipped, every, without, ...bundles] = await Promise.all([asset('wasm_exec.js'), asset('engine.wasm'), whole(work), plain(work), demo(), attentive(work), divided(work)]);
  runInThisContext(script.toString());
  const programs = { shipped, every, without };

  // A processor without SSE4.1 has no SIMD, and Node's engine then refuses a program with it.
  for (const [name, bytes] of Object.entries(programs)) await writeFile(path.join(work, `${name}.wasm`), bytes);
  const compiles = (name) => run(process.execPath, ['--no-enable-sse4-1', '-e', `WebAssembly.compile(fs.readFileSync(${JSON.stringify(path.join(work, `${name}.wasm`))})).then(() => console.log('yes'), ({ message }) => console.log(message))`]).then(({ stdout }) => stdout.trim());
  for (const name of ['shipped', 'every']) assert.match(await compiles(name), /SIMD unsupported/, `${name} has SIMD, which Go before 1.27 does not make`);
  assert.equal(await compiles('without'), 'yes');

  const pages = {
    '/': { body: '<!doctype html><script src="/wasm_exec.js"></script><script type="module">import * as all from "/answers.mjs"; globalThis.engines = all;</script>' },
    '/wasm_exec.js': { body: script, type: 'text/javascript' },
    '/answers.mjs': { body: await readFile(new URL('../lib/answers.mjs', import.meta.url)), type: 'text/javascript' },
  };
  for (const [name, body] of Object.entries(programs)) pages[`/${name}`] = { body, type: 'application/wasm' };
  const asked = [];
  for (const [at, bundle] of bundles.entries()) {
    const browse = Array.from({ length: 6 }, (_, i) => encode({ v: 'browse', k: 20, o: 20 * i }));
    const ids = (await answers(without, bundle, browse)).flatMap((bytes) => decode(bytes, 0)[0].c.map(({ i }) => i));
    const named = questions(ids);
    const said = await answers(without, bundle, named.map(([, request]) => request));
    for (const [i, bytes] of said.entries()) assert.equal(decode(bytes, 0)[0].e, undefined, named[i][0]);
    asked.push({ named, want: await digests(said) });
    assert.ok(new Set(asked[at].want).size > named.length / 2, 'the answers differ among themselves');
    Object.assign(pages, { [`/bundle/${at}`]: { body: bundle }, [`/questions/${at}`]: { body: JSON.stringify(named.map(([, request]) => [...request])) } });
    for (const [name, program] of Object.entries({ shipped, every })) {
      assert.deepEqual(differences(asked[at], await digests(await answers(program, bundle, named.map(([, request]) => request))), name), [], `Node, ${name}, bundle ${at}`);
    }
  }

  const site = await host(t, pages);
  for (const [name, browser] of chosen('chromium firefox')) {
    const started = await browser.start();
    let tab;
    t.after(async () => {
      await tab?.close();
      await started.close();
    });
    tab = await started.open();
    await tab.goto(`${site.origin}/`);
    await tab.until(() => Boolean(globalThis.engines));
    for (const program of Object.keys(programs)) {
      for (const at of bundles.keys()) {
        const got = await tab.evaluate(async (one, bundle) => {
          const bytes = async (file) => new Uint8Array(await (await fetch(file)).arrayBuffer());
          const requests = (await (await fetch(`/questions/${bundle}`)).json()).map((request) => Uint8Array.from(request));
          return engines.digests(await engines.answers(await bytes(one), await bytes(`/bundle/${bundle}`), requests));
        }, program, at);
        assert.deepEqual(differences(asked[at], got, program), [], `${name}, ${program}, bundle ${at}`);
      }
    }
    t.diagnostic(`${started.version}: ${asked.reduce((all, { want }) => all + want.length, 0)} answers of each program, of the site’s own engine those to a widget’s verbs, are those of Node`);
  }
});

// differences returns the names of what a program answered otherwise, of the verbs that it has.
const differences = ({ named, want }, got, program) => named
  .filter(([, , verb], i) => got[i] !== want[i] && (program !== 'shipped' || ofWidgets.includes(verb))).map(([name]) => name);
