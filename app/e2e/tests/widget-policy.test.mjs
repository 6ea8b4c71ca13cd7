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

// on runs pictured in a page of an address and returns the items and what was said.
function on(baseURI, items, template, shows) {
  const before = [globalThis.document, console.warn];
  const said = [];
  globalThis.document = { baseURI, dispatchEvent() {} };
  console.warn = (text) => said.push(text);
  try {
    return [pictured({ items: items.map((image, i) => ({ id: `i ${i}`, image })) }, 'https://edge.example/shop/v1/', { shows, add: {} }, template).items, said];
  } finally {
    [globalThis.document, console.warn] = before;
  }
}

test('pictures of every kind of address, on pages of https: and of http:', () => {
  const table = [ // address, on https://shop.example/a/b, on http://shop.example/a/b
    ['https://cdn.example/1.jpg', 'https://cdn.example/1.jpg', 'https://cdn.example/1.jpg'],
    ['http://cdn.example/1.jpg', 'https://cdn.example/1.jpg', 'http://cdn.example/1.jpg'],
    ['http://localhost:8080/1.jpg', 'http://localhost:8080/1.jpg', 'http://localhost:8080/1.jpg'],
    ['//cdn.example/1.jpg', 'https://cdn.example/1.jpg', 'http://cdn.example/1.jpg'],
    ['/media/1.jpg', 'https://shop.example/media/1.jpg', 'http://shop.example/media/1.jpg'],
    ['covers/a%20b.jpg', 'https://edge.example/shop/pictures/covers/a%20b.jpg', 'https://edge.example/shop/pictures/covers/a%20b.jpg'],
    ['', '', ''], ['data:image/png;base64,AA', '', ''], ['javascript:alert(1)', '', ''], ['ftp://cdn.example/1.jpg', '', ''], ['https://', '', ''],
  ];
  const [secure, said] = on('https://shop.example/a/b', table.map(([address]) => address));
  const [plain] = on('http://shop.example/a/b', table.map(([address]) => address));
  assert.deepEqual(secure.map(({ image }) => image), table.map((row) => row[1]));
  assert.deepEqual(plain.map(({ image }) => image), table.map((row) => row[2]));
  assert.match(said[0], /4 pictures of a list are not shown, .*as "data:image\/png;base64,AA"; drawn covers/);
});

test('a template gives pictures of several widths, as far as the policy lets them through', () => {
  const [[own, none]] = on('https://shop.example/a/', ['https://cdn.example/1.jpg', ''], '/thumb/{id}-{width}.webp');
  assert.equal(own.srcset, [160, 320, 480].map((width) => `https://shop.example/thumb/i%200-${width}.webp ${width}w`).join(', '));
  assert.equal(own.image, 'https://cdn.example/1.jpg');
  assert.equal(none.image, 'https://shop.example/thumb/i%201-320.webp');
  const [resized] = on('https://shop.example/', ['covers/1.jpg', ''], 'https://img.example/?w={width}&src={image}');
  assert.match(resized[0].srcset, /^https:\/\/img.example\/\?w=160&src=https%3A%2F%2Fedge.example%2Fshop%2Fpictures%2Fcovers%2F1.jpg 160w, /);
  assert.deepEqual([resized[1].image, resized[1].srcset], ['', ''], 'nothing to resize');
  const [[forbidden]] = on('https://shop.example/', ['https://cdn.example/1.jpg'], 'https://img.example/{id}-{width}.jpg', ({ hostname }) => hostname === 'cdn.example');
  assert.deepEqual([forbidden.image, forbidden.srcset], ['https://cdn.example/1.jpg', '']);
  const [[one], said] = on('https://shop.example/', [''], '/{id}.jpg?{size}');
  assert.deepEqual([one.image, one.srcset], ['https://shop.example/i%200.jpg?{size}', '']);
  assert.match(said[0], /srcset: {size} is not filled in; {id}, {image} and {width} are/);
});
