// What lists made in advance say, read without a browser: all of the demo's, in every language, and the languages beside each other.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { reason, spoken } from '../../../static/widget/say.js';
import { codeOf } from '../../../static/widget/words.js';
import { lists } from '../lib/lists.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const codes = ['en', 'ar', 'de', 'es', 'fr', 'ja', 'pt', 'zh'];
const languages = Object.fromEntries(await Promise.all(codes.map(async (code) => [code, await import(`../../../static/widget/words/${code}.js`)])));
const words = Object.fromEntries(codes.map((code) => [code, spoken(languages[code], code)]));
const ofVisitor = { // German and Spanish say it by what somebody did
  en: /\byou(rs?|rself)?\b/i, zh: /你|您/, de: /^Weil /, es: /^Porque /, fr: /\bvous\b/, pt: /você/, ja: /あなた/, ar: /لأنك/,
};

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
  const said = Object.fromEntries(codes.map((code) => [code, new Set()]));
  let cards = 0;
  let reasons = 0;
  const list = await lists();
  for (const id of idsOf(await readFile(new URL('data/demo/similar.lists', `file://${root}`)))) {
    for (const { why = [] } of JSON.parse(await list(`/v1/similar/${encodeURIComponent(id)}.json`)).items) {
      cards++;
      for (const { kind, names = [] } of why) {
        reasons++;
        assert.match(kind, /^same-/);
        for (const code of codes) said[code].add(reason({ kind, title: '', names }, words[code]));
      }
    }
  }
  for (const code of codes) {
    const [open, close] = languages[code].marks;
    said[code].delete(''); // of kinds that say no more than year and genres
    for (const text of said[code]) assert.ok(!ofVisitor[code].test(text.slice(0, text.indexOf(open) >>> 0) + text.slice(text.lastIndexOf(close) + 1)), `${code}: ${text}`);
    assert.ok(said[code].size > 100, `${code}: ${said[code].size} sentences`);
  }
  assert.ok(cards > 190_000 && reasons > 0.9 * cards, `${reasons} reasons on ${cards} cards`);
});

test('every language has every text, with the same fields, and a form for every number', () => {
  const fields = (text) => [...text.matchAll(/{\w*}/g)].map(String);
  for (const code of codes) {
    const { around, why, marks } = languages[code];
    assert.deepEqual(Object.keys(around), Object.keys(languages.en.around), code);
    assert.deepEqual(Object.keys(why), Object.keys(languages.en.why), code);
    assert.equal(marks.length, 3, code);
    const rules = new Intl.PluralRules(code);
    for (const [name, text] of Object.entries({ ...around, ...why })) {
      const usual = fields(languages.en.around[name] ?? languages.en.why[name]);
      const forms = typeof text === 'string' ? { other: text } : text;
      for (const form of Object.values(forms)) {
        assert.ok(form && form === form.trim(), `${code} ${name}`);
        assert.deepEqual(fields(form), usual, `${code} ${name}: ${form}`);
      }
      if (typeof text !== 'string') {
        assert.deepEqual(usual, ['{names}'], `${code} ${name} counts, and has nothing to count`);
        for (const form of Object.keys(forms)) assert.ok(rules.resolvedOptions().pluralCategories.includes(form), `${code} has no plural "${form}"`);
        for (let n = 1; n <= 200; n++) assert.ok(forms[rules.select(n)], `${code} ${name} of ${n}`);
      }
    }
    if (code !== 'en') for (const name of Object.keys(why)) assert.notDeepEqual(why[name], languages.en.why[name], `${code} ${name} is English`);
  }
});

test('only what somebody did is said of them', () => {
  for (const code of codes) {
    for (const kind of Object.keys(languages.en.why)) {
      const text = reason({ kind, title: 'Heat', names: ['heist', 'bank'] }, words[code]);
      assert.equal(ofVisitor[code].test(text), !kind.startsWith('same-'), `${code}: ${text}`);
    }
    assert.ok(!ofVisitor[code].test(words[code].around.similar) || !/en|zh/.test(code), 'a heading speaks of what the visitor did');
    assert.equal(reason({ kind: 'constructor', title: '', names: [] }, words[code]), '', 'a kind from outside finds no text that is not written down');
  }
});

test('names are counted as the language counts', () => {
  const tagged = (code, n) => reason({ kind: 'same-tags', title: '', names: ['a', 'b', 'c', 'd'].slice(0, n) }, words[code]);
  assert.equal(tagged('en', 2), 'Also tagged “a”, “b”');
  assert.equal(tagged('de', 1), 'Gleiches Stichwort: „a“');
  assert.equal(tagged('de', 2), 'Gleiche Stichwörter: „a“, „b“');
  assert.equal(tagged('zh', 2), '同有标签“a”、“b”');
  assert.equal(tagged('fr', 2), 'Mêmes mots-clés\u202f: «\u202fa\u202f», «\u202fb\u202f»');
  assert.deepEqual([1, 2, 3].map((n) => tagged('ar', n).split(':')[0]), ['الوسم نفسه', 'الوسمان نفسهما', 'الوسوم نفسها']);
  assert.equal(reason({ kind: 'viewed', title: '盗火线', names: [] }, words.zh), '因为你点开过《盗火线》');
});

test('a language of a region is that language, and one that is unknown is English', () => {
  for (const [tag, code] of [['pt-PT', 'pt'], ['zh-Hant-TW', 'zh'], ['AR', 'ar'], ['de_AT', 'de'], ['en-GB', 'en'], ['nl', 'en'], ['deu', 'en'], ['', 'en'], ['constructor', 'en']]) assert.equal(codeOf(tag), code, tag);
});

test('texts of the owner replace single ones, and what is none of the widget is named', (t) => {
  let heard;
  t.mock.method(console, 'warn', (text) => { heard.push(text); });
  const said = (own) => {
    heard = [];
    const found = spoken(languages.de, 'de', own);
    return [found, heard];
  };
  let [found, warned] = said({ similar: 'Weitere Bücher', because: 'Wegen {title}', 'same-tags': { one: 'Auch {names}', other: 'Auch: {names}' } });
  assert.deepEqual(warned, []);
  assert.equal(found.around.similar, 'Weitere Bücher');
  assert.equal(found.around.popular, 'Beliebt');
  assert.equal(reason({ kind: 'because', title: '$& {names}', names: [] }, found), 'Wegen $& {names}');
  assert.equal(reason({ kind: 'same-tags', title: '', names: ['a'] }, found), 'Auch „a“');
  assert.equal(said('{"similar":"Mehr"}')[0].around.similar, 'Mehr');
  assert.equal(spoken(languages.de, 'de').around.similar, 'Das könnte auch gefallen', 'of another list');
  for (const [own, says] of [
    [{ similiar: 'x' }, /"similiar" is not a text of the widget; it has similar, together, .*same-series/],
    [{ constructor: 'x' }, /"constructor" is not a text/],
    [{ similar: 5 }, /"similar" is not a text/],
    [{ similar: '' }, /"similar" is not a text/],
    [{ similar: { other: 'x' } }, /"similar" is not a text/],
    [{ 'same-tags': { one: 'x' } }, /"same-tags" is not a text, nor plural forms with "other"/],
    [{ because: 'Wegen {name}' }, /"because" has {name}, but {title} is filled in there/],
    [{ 'same-run': 'Nach {title}' }, /"same-run" has {title}, but nothing is filled in there/],
    ['{', /write {"similar": "…"}/],
    ['[]', /an object of texts/],
    [5, /an object of texts/],
  ]) {
    [found, warned] = said(own);
    assert.equal(warned.length, 1, JSON.stringify(own));
    assert.match(warned[0], says);
    assert.deepEqual(found.around, languages.de.around);
    assert.deepEqual(found.why, languages.de.why);
  }
});
