// The pages of the host matrix: the conditions that a widget meets on other
// sites.
import { page } from './host.mjs';

export const modes = ['auto', 'inline', 'frame'];

const widget = (mode) => `<p>Before.</p><sparrow-similar item="50" mode="${mode}" link="/movie/{id}"><p slot="fallback" id="fallback">More at the <a href="/movies">programme</a>.</p></sparrow-similar><p>After.</p>`;

// The policies are those that static/widget/README.md documents, and nothing
// else.
const strict = (edge, words) => ({ 'Content-Security-Policy': `default-src 'none'; connect-src 'self' ${edge}; ${words}; report-uri /csp`.replaceAll('EDGE', edge) });

// Each host returns {headers, head, body, view, within, nonce} for an edge and
// a mode. Where nothing is allowed there is no list, and the page's own
// fallback stands in its place.
export const hosts = {
  'no CSP': () => ({}),
  'strict, with wasm': (edge) => ({ headers: strict(edge, "script-src EDGE 'wasm-unsafe-eval'; worker-src blob:") }),
  'strict, without wasm': (edge) => ({ headers: strict(edge, 'script-src EDGE; frame-src EDGE') }),
  'strict, the worker forbidden': (edge) => ({ headers: strict(edge, "script-src EDGE 'wasm-unsafe-eval'; worker-src 'none'; frame-src EDGE") }),
  'Trusted Types, none allowed': (edge) => ({ headers: strict(edge, "script-src EDGE 'wasm-unsafe-eval'; worker-src blob:; frame-src EDGE; require-trusted-types-for 'script'; trusted-types 'none'") }),
  'Trusted Types, sparrow allowed': (edge) => ({ headers: strict(edge, "script-src EDGE 'wasm-unsafe-eval'; worker-src blob:; require-trusted-types-for 'script'; trusted-types sparrow") }),
  'no frames, no wasm': (edge) => ({ headers: strict(edge, "script-src EDGE; frame-src 'none'") }),
  'scripts by nonce only': (edge) => ({ headers: strict(edge, "script-src 'nonce-abc' 'wasm-unsafe-eval'; worker-src blob:; frame-src EDGE"), nonce: 'abc' }),
  'nonce and strict-dynamic': (edge) => ({ headers: strict(edge, "script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'"), nonce: 'abc' }),
  'nonce and strict-dynamic, without wasm': (edge) => ({ headers: strict(edge, "script-src 'nonce-abc' 'strict-dynamic'; frame-src EDGE"), nonce: 'abc' }),
  'nothing allowed': () => ({ headers: { 'Content-Security-Policy': "default-src 'none'; connect-src 'self'; script-src 'nonce-abc'; report-uri /csp" }, nonce: 'abc' }),
  'policy in a meta element': (edge) => ({ head: `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src ${edge}; script-src ${edge}; frame-src ${edge}">` }),
  'sandboxed iframe': () => ({ within: '<!doctype html><title>Outside</title><iframe sandbox="allow-scripts" src="/inside" width="900" height="700"></iframe>' }),
  'hostile CSS': () => ({ head: '<style>*{all:unset!important}</style>' }),
  'patched prototypes': () => ({ hostile: true, head: `<script>${patches}</script>` }),
  'AMD define': () => ({ head: "<script>globalThis.define = Object.assign(() => { throw new Error('define was called'); }, { amd: {} }); globalThis.module = { exports: {} }; globalThis.exports = globalThis.module.exports;</script>" }),
  'right to left': () => ({ body: (inner) => `<div dir="rtl" lang="ar">${inner}</div>` }),
  'zoom 400 %': () => ({ view: { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 } }),
};

// What careless scripts do to built-in prototypes, and worse.
const patches = `
  const broken = () => { throw new Error('a patched method was called'); };
  for (const name of ['map', 'forEach', 'filter', 'find', 'push', 'slice', 'join', 'includes', 'indexOf', 'some', 'every', 'concat', 'entries', 'values', Symbol.iterator]) Array.prototype[name] = broken;
  Array.prototype.extra = Object.prototype.extra = 'enumerable junk';
  Array.prototype.toJSON = Object.prototype.toJSON = broken;
  Array.from = Array.of = JSON.parse = JSON.stringify = broken;
  globalThis.fetch = broken;
  globalThis.Response = globalThis.Request = globalThis.Headers = undefined;
`;

const around = '<!doctype html><title>Outside</title><iframe src="/inside" width="900" height="700"></iframe>';

// hostPage returns the pages of one cell: {'/': …, '/inside': …} as
// lib/host.mjs serves them, its view, and where the widget is. A browser whose
// tests run among the page's scripts (apart is false) looks into a page that
// breaks these from a page around it.
export function hostPage(name, edge, mode, apart = true) {
  const { headers, head, body = (inner) => inner, view = {}, within, nonce, hostile } = hosts[name](edge);
  const script = nonce && `<script type="module" nonce="${nonce}" src="${edge}/v1/widget.js"></script>`;
  const inside = { headers, body: page(edge, body(widget(mode)), { head, script }) };
  const outside = within ?? (hostile && !apart ? around : null);
  return { view, framed: Boolean(within), through: outside === around, pages: outside ? { '/': { body: outside }, '/inside': inside } : { '/': inside } };
}
