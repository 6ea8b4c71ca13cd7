// What the widget may do under a page's policies, by table: source expressions
// are matched as in Content Security Policy Level 3, section 6.7.2.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, pictured } from '../../../static/widget/policy.js';

const edge = new URL('https://edge.example/a/0.engine-worker.js');
const page = { origin: 'https://shop.example', opaque: false };
const inline = "script-src https://edge.example 'wasm-unsafe-eval'; worker-src blob:; connect-src https://edge.example";

test('ways to run, best first', () => {
  const table = [
    ['no policy', [], 'inline frame list'],
    ['unknown ones', null, 'frame list'],
    ['what inline needs', [`default-src 'none'; ${inline}`], 'inline list'],
    ['a frame too', [`default-src 'none'; ${inline}; frame-src edge.example`], 'inline frame list'],
    ['unsafe-eval does as well', [`default-src 'none'; ${inline}`.replace('wasm-unsafe-eval', 'unsafe-eval')], 'inline list'],
    ['no wasm', ["default-src 'none'; script-src https://edge.example; frame-src https://edge.example; connect-src https://edge.example"], 'frame list'],
    ['no worker', [`default-src 'none'; ${inline}`.replace('worker-src blob:', "worker-src 'self'")], 'list'],
    ['workers by script-src', ["default-src 'none'; script-src https://edge.example 'wasm-unsafe-eval' blob:; connect-src https://edge.example"], 'inline list'],
    ['workers by child-src, frames not', ["default-src 'none'; script-src https://edge.example 'wasm-unsafe-eval'; child-src blob:; connect-src https://edge.example"], 'inline list'],
    ['scripts by nonce only', ["script-src 'nonce-abc' 'wasm-unsafe-eval'; worker-src blob:; frame-src *; connect-src *"], 'inline frame list'],
    ['no connection', ["script-src * 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'; frame-src 'none'"], ''],
    ['default-src alone', ["default-src https: 'wasm-unsafe-eval' blob:"], 'inline frame list'],
    ['the stricter of two', [`default-src 'none'; ${inline}`, "frame-src 'none'; script-src *"], 'list'],
    ['Trusted Types, none', [`${inline}; require-trusted-types-for 'script'; trusted-types 'none'`], 'frame list'],
    ['Trusted Types, ours', [`${inline}; require-trusted-types-for 'script'; trusted-types lit sparrow`], 'inline frame list'],
    ['Trusted Types, any', [`${inline}; require-trusted-types-for 'script'`], 'inline frame list'],
    ['a nonce and strict-dynamic', ["script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'; frame-src 'none'"], 'inline list'],
    ['strict-dynamic beside hosts that do not count', ["default-src 'none'; script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval' https://cdn.example; connect-src https://edge.example"], 'inline list'],
    ['strict-dynamic without wasm', ["script-src 'nonce-abc' 'strict-dynamic'; frame-src 'self' https://edge.example"], 'frame list'],
    ['strict-dynamic, workers forbidden', ["script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'; worker-src 'self'; frame-src 'none'"], 'list'],
    ['strict-dynamic, workers forbidden by child-src', ["script-src 'nonce-abc' 'STRICT-dynamic' 'wasm-unsafe-eval'; child-src 'none'"], 'list'],
    ['strict-dynamic in default-src, which is not for workers', ["default-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval' https:"], 'frame list'],
    ['strict-dynamic in one policy of two', ["script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'", "script-src https: 'wasm-unsafe-eval'; frame-src 'none'"], 'list'],
    ['capitals and spaces', ["  DEFAULT-SRC 'none';;Script-Src  HTTPS://EDGE.example 'WASM-unsafe-eval' ; worker-src BLOB: ; connect-src https://edge.EXAMPLE/"], 'inline list'],
  ];
  for (const [name, policies, want] of table) assert.equal(choose(policies, page, edge).modes.join(' '), want, name);
});

test('a page in a sandbox has no use for a frame', () => {
  assert.deepEqual(choose([], { origin: 'null', opaque: true }, edge).modes, ['inline', 'list']);
  assert.deepEqual(choose(null, { origin: 'null', opaque: true }, edge).modes, ['list']);
});

test('strings are trusted first where the page wants it', () => {
  assert.equal(choose([inline], page, edge).trust, false);
  assert.equal(choose([`${inline}; require-trusted-types-for 'script'`], page, edge).trust, true);
});

test('the edge’s own pages need no blob', () => {
  const own = ["default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'"];
  assert.deepEqual(choose(own, { origin: 'https://edge.example', opaque: false }, edge).modes, ['inline', 'list']);
});

test('source expressions', () => {
  const table = [
    ['*', true], ['https:', true], ['http:', true], ['data:', false], ["'self'", false], ["'none'", false], ['edge.example', true], ['EDGE.example', true],
    ['https://edge.example', true], ['http://edge.example', true], ['https://edge.example:443', true], ['https://edge.example:*', true], ['https://edge.example:8443', false],
    ['*.example', true], ['https://*.example', true], ['*.edge.example', false], ['dge.example', false], ['edge.example.evil', false], ['https://edge.example/a/', true],
    ['https://edge.example/a', false], ['https://edge.example/b/', false], ['https://edge.example/a/0.engine-worker.js', true], ['https://*:443', true], ['wss://edge.example', false],
    ["'nonce-edge.example'", false], ["'sha256-https://edge.example'", false],
  ];
  for (const [word, want] of table) {
    assert.equal(choose([`default-src 'none'; connect-src ${word}`], page, edge).modes.includes('list'), want, word);
  }
  const local = new URL('http://127.0.0.1:8080/a/0.engine-worker.js');
  for (const [word, want] of [['http://127.0.0.1:8080', true], ['127.0.0.1:8080', true], ['127.0.0.1', false], ['http://127.0.0.1', false], ['https://127.0.0.1:8080', false], ['http:', true]]) {
    assert.equal(choose([`default-src 'none'; connect-src ${word}`], { origin: 'http://localhost:1', opaque: false }, local).modes.includes('list'), want, word);
  }
});

test('pictures that a policy lets through', () => {
  const cdn = new URL('https://cdn.example/1.jpg');
  for (const [policies, want] of [
    [[], true], [null, false], [["img-src 'self'"], false], [["img-src 'self' https://cdn.example"], true], [['img-src https:'], true], [['default-src https://cdn.example'], true],
    [["default-src 'none'"], false], [["default-src 'none'; img-src *"], true], [['img-src *', "img-src 'self'"], false], [["script-src 'self'"], true],
  ]) assert.equal(choose(policies, page, edge).shows(cdn), want, String(policies));
});

test('what to add to a policy', () => {
  const add = (policy) => choose([policy], page, edge).add;
  assert.deepEqual(add("script-src 'nonce-abc' 'strict-dynamic'; frame-src 'none'; connect-src 'self'"), {
    personal: "script-src 'wasm-unsafe-eval'; connect-src https://edge.example (or frame-src https://edge.example alone)", consent: 'connect-src https://edge.example',
  });
  assert.equal(add("script-src https: 'wasm-unsafe-eval'; worker-src 'self'").personal, 'worker-src blob: (or frame-src https://edge.example alone)');
  assert.equal(add(`${inline}; require-trusted-types-for 'script'; trusted-types 'none'`).personal, 'trusted-types sparrow (or frame-src https://edge.example alone)');
  assert.deepEqual(add(inline), { personal: '', consent: '' });
});

test('pictures that a policy forbids are told with all of their hosts, each once', () => {
  const told = [];
  const before = [globalThis.document, console.warn];
  globalThis.document = { baseURI: 'https://shop.example/', dispatchEvent: ({ detail }) => told.push(detail.add) };
  console.warn = () => {};
  try {
    const items = ['https://b.example/1.jpg', 'https://a.example/2.jpg', '', 'https://b.example/3.jpg', 'https://ok.example/4.jpg', 'https://a.example.org/5.jpg'].map((image) => ({ image }));
    const shown = pictured({ items }, 'https://edge.example/v1/', { shows: (url) => url.hostname === 'ok.example', add: {} });
    assert.deepEqual(shown.items.map(({ image }) => image), ['', '', '', '', 'https://ok.example/4.jpg', '']);
  } finally {
    [globalThis.document, console.warn] = before;
  }
  assert.deepEqual(told, ['img-src https://b.example https://a.example https://a.example.org']);
});
