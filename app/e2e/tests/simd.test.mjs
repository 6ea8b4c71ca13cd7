// The engine answers the same bytes with and without SIMD, in every browser that BROWSERS names
// and in Node: from the demo's bundle, whose retrieval is a weighted sum, from one whose
// retrieval is self-attention, and from one whose searches look into some cells of the items.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
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
import { attentive, divided } from '../lib/trained.mjs';

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
  const [script, shipped, every, without, ...bundles] = await Promise.all([asset('wasm_exec.js'), asset('engine.wasm'), whole(work), plain(work), demo(), ...[attentive, divided].map((made) => made(work).then(readFile))]);
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
