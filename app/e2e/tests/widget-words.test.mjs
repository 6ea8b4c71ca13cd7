// What lists made in advance say, read without a browser: all of the demo's, in both languages.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { wordsOf } from '../../../static/widget/words.js';
import { lists } from '../lib/lists.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const ofVisitor = /\byou(rs?|rself)?\b|你|您/i;

// idsOf yields the id of every item, as edge/LISTS.md says.
function* idsOf(file) {
  const first = file.readUInt32LE(44) + 4 * (file.readUInt32LE(40) + 1);
  for (let at = first; at < file.length;) {
    const flags = at + 1 + file[at];
    yield file.subarray(at + 1, flags).toString();
    at = flags + 2 + 8 * file[flags + 1];
  }
}

test('no list speaks of a visitor, and each says what its items share', async () => {
  await promisify(execFile)('go', ['run', './build', 'lists', '--bundle', 'data/demo'], { cwd: root });
  const said = { en: new Set(), zh: new Set() };
  let cards = 0;
  let reasons = 0;
  const list = await lists();
  for (const id of idsOf(await readFile(new URL('data/demo/similar.lists', `file://${root}`)))) {
    for (const { why = [] } of JSON.parse(await list(`/v1/similar/${encodeURIComponent(id)}.json`)).items) {
      cards++;
      for (const { kind, names = [] } of why) {
        reasons++;
        assert.match(kind, /^same-/);
        for (const lang of ['en', 'zh']) {
          const say = wordsOf(lang).why[kind];
          if (say) said[lang].add(say({ kind, title: '', names }));
        }
      }
    }
  }
  for (const lang of ['en', 'zh']) {
    for (const text of said[lang]) assert.ok(text && !ofVisitor.test(text.replace(/“.*”/, '')), `${lang}: ${text}`);
    assert.ok(said[lang].size > 100, `${said[lang].size} sentences`);
    assert.ok(!ofVisitor.test(wordsOf(lang).similar + wordsOf(lang).popular), 'a heading speaks of the visitor');
  }
  assert.ok(cards > 190_000 && reasons > 0.9 * cards, `${reasons} reasons on ${cards} cards`);
});

test('only what somebody did is said of them, and every word is there in both languages', () => {
  const [english, chinese] = [wordsOf('en'), wordsOf('zh-CN')];
  assert.deepEqual(Object.keys(chinese), Object.keys(english));
  assert.deepEqual(Object.keys(chinese.why), Object.keys(english.why));
  for (const [kind, say] of Object.entries({ ...english.why })) {
    for (const text of [say, chinese.why[kind]].map((words) => words({ title: 'Heat', names: ['heist', 'bank'] }))) {
      assert.equal(ofVisitor.test(text), !kind.startsWith('same-'), text);
    }
  }
  assert.equal(english.why['same-tags']({ names: ['heist', 'bank'] }), 'Also tagged “heist”, “bank”');
  assert.equal(chinese.why.viewed({ title: '盗火线' }), '因为你点开过《盗火线》');
  assert.ok(!Object.hasOwn(english.why, 'constructor'), 'a kind from outside finds no word that is not written down');
});
