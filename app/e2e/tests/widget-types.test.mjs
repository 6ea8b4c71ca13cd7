// The widget's types: all snippets of its guide compile, and what the elements do
// not have does not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const types = fileURLToPath(new URL('../../../static/widget/widget.d.ts', import.meta.url));
const folder = fileURLToPath(new URL('..', import.meta.url)); // where the types of React are
const common = {
  strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [], moduleDetection: ts.ModuleDetectionKind.Force,
};
const plain = { ...common, jsx: ts.JsxEmit.Preserve };
const react = { ...common, jsx: ts.JsxEmit.ReactJSX, jsxImportSource: 'react' };

// What is parsed already, of the files that no test writes: options → name → file.
const parsed = new Map([[plain, new Map()], [react, new Map()]]);

// compile returns the compiler's messages on sources, a map of file name →
// text, in a project that has saved the types: ["line: message"].
function compile(sources, options = plain) {
  const own = new Map(Object.entries(sources).map(([name, text]) => [path.join(folder, name), text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => own.has(name) || fileExists(name);
  host.readFile = (name) => own.get(name) ?? readFile(name);
  const kept = parsed.get(options);
  host.getSourceFile = (name, ...rest) => {
    if (own.has(name)) return ts.createSourceFile(name, own.get(name), ...rest);
    if (!kept.has(name)) kept.set(name, getSourceFile(name, ...rest));
    return kept.get(name);
  };
  const program = ts.createProgram([types, ...own.keys()], options, host);
  const checked = [types, ...own.keys()]; // and not the files of TypeScript and React
  return checked.flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name))).map(({ file, start, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

const page = `
import { erase } from 'https://movies.example/v1/widget.js';
import type { SparrowItem } from 'sparrow-widget';

const list = document.querySelector('sparrow-similar')!;
list.item = '50';
list.limit = 12;
list.layout = 'grid';
list.personal = true;
list.addEventListener('sparrow:ready', ({ detail }) => {
  const first: SparrowItem | undefined = detail.items[0];
  console.log(first?.title.length, detail.ms.toFixed(1), detail.mode === 'frame');
});
list.addEventListener('sparrow:select', (event) => {
  event.preventDefault();
  history.pushState(null, '', event.detail.href);
  console.log(event.detail.position + 1, event.detail.event.button);
});
list.addEventListener('sparrow:error', ({ detail }) => console.warn(detail.code, detail.message));
await list.record('rate', '50', 4.5);
await list.record('like', 50);
await list.record('purchase', '50', { value: 25, currency: 'EUR', quantity: 2 });
await customElements.get('sparrow-similar')?.record('return', 50, { quantity: '1' });
await list.refresh();
await erase();
const made = document.createElement('sparrow-popular');
made.consent = 'granted';
made.filter = 'in_stock and price<50';
const titles: string[] = made.items.map(({ title }) => title);
export { titles };
`;

const component = (attributes) => `
import type { SparrowElements } from 'sparrow-widget';
declare global { namespace JSX { interface Element {} interface IntrinsicElements { section: { children?: unknown } } } }
export type Names = keyof SparrowElements;
export const More = () => <section>
  <sparrow-similar ${attributes} />
  <sparrow-recommend personal limit="5" ref={(list: unknown) => list} />
</section>;
`;

test('a page and a component compile', () => {
  assert.deepEqual(compile({ 'page.ts': page, 'more.tsx': component('item={50} layout="grid" theme="dark" filter="genre=same" link="/film/{id}" consent="granted"') }), []);
});

for (const [what, attributes] of [
  ['an attribute that no element has', 'item="50" colour="red"'], ['a layout that does not exist', 'item="50" layout="carousel"'],
  ['an element without its item', 'layout="row"'],
]) {
  test(`${what} does not compile`, () => {
    const messages = compile({ 'more.tsx': component(attributes) });
    assert.equal(messages.length, 1, messages.join('\n'));
    assert.match(messages[0], /^6: /);
  });
}

for (const [what, line] of [
  ['a property', 'list.layout = "carousel";'], ['what is shown', 'list.items = [];'], ['an action', 'list.record("love", "50");'],
  ['a rating without stars', 'list.record("rate", "50");'], ['a detail', 'list.addEventListener("sparrow:select", ({ detail }) => detail.url);'],
]) {
  test(`${what} that is wrong does not compile`, () => {
    const messages = compile({ 'page.ts': `const list = document.querySelector("sparrow-popular")!;\n${line}\n` });
    assert.equal(messages.length, 1, messages.join('\n'));
    assert.match(messages[0], /^2: /);
  });
}

// What an owner has around the snippets that are no modules of their own.
const around = `
declare const router: { push(path: string): void };
declare const list: HTMLElementTagNameMap['sparrow-similar'];
`;

// snippets returns the guide's code in JavaScript and TypeScript: {name: text}.
function snippets(guide) {
  const text = readFileSync(new URL(`../../../static/widget/${guide}`, import.meta.url), 'utf8');
  const found = {};
  for (const { 1: language, 2: code, index } of text.matchAll(/^```(js|jsx|ts|tsx)\n([^]*?)^```$/gm)) {
    const line = text.slice(0, index).split('\n').length + 1;
    found[`line-${line}.${language.startsWith('js') ? 'tsx' : language}`] = (language.startsWith('js') ? around.replaceAll('\n', ' ') : '') + code;
  }
  return found;
}

for (const [guide, least] of [['README.md', 7], ['README.zh-CN.md', 1]]) {
  test(`every snippet of ${guide} compiles`, () => {
    const found = snippets(guide);
    assert.ok(Object.keys(found).length >= least, Object.keys(found).join());
    const jsx = Object.values(snippets('README.md')).find((code) => code.includes("declare module 'react'"));
    for (const [name, code] of Object.entries(found)) {
      assert.deepEqual(compile({ [name]: code, 'jsx.ts': jsx }, react), [], name);
    }
  });
}

const owners = `
document.addEventListener('sparrow:select', (event) => {
  const { event: click, href } = event.detail;
  if (!click.metaKey && href) event.preventDefault();
});
window.addEventListener('sparrow:error', ({ detail }) => console.warn(detail.code));
document.body.addEventListener('sparrow:ready', ({ detail }) => console.log(detail.items.length));
customElements.get('sparrow-similar')!.erase();
customElements.get('another-element')?.name;
const { erase } = await import('http://localhost:8151/v1/widget.js');
await erase();
const Made = customElements.get('sparrow-popular')!;
new Made().limit = 3;
const chosen = (event: HTMLElementEventMap['sparrow:select']) => event.detail.position;
export const A = () => <sparrow-similar item="1" data-testid="x" aria-label="x" part="x" role="region" slot="y" onClick={(event) => event.currentTarget.items} />;
export const B = () => <sparrow-recommend item="1" onsparrow:ready={({ detail }) => detail.ms} personal={false} className="x" style={{ color: 'red' }} hidden />;
export const C = () => <sparrow-popular key={1} lang="zh" ref={(list) => { list?.refresh(); }} {...{ 'onsparrow:select': chosen }} />;
`;

const jsxOf = (text) => Object.values(snippets('README.md')).find((code) => code.includes(text));

test('a page in React: events on document, erase, the import by address, attributes and listeners', () => {
  assert.deepEqual(compile({ 'owner.tsx': owners, 'jsx.ts': jsxOf("declare module 'react'") }, react), []);
});

for (const [what, line] of [
  ['a detail that no event has', "document.addEventListener('sparrow:select', ({ detail }) => detail.url);"],
  ['an erase with an argument', "customElements.get('sparrow-similar')!.erase('all');"],
  ['another export of the script', "const { forget } = await import('https://a.example/v1/widget.js'); forget;"],
  ['a listener of another event', "export const A = () => <sparrow-similar item='1' onsparrow:select={(event: CustomEvent<{ ms: number }>) => event.detail.ms} />;"],
  ['an attribute that React does not know', "export const A = () => <sparrow-similar item='1' colour='red' />;"],
  ['a list without its item', 'export const A = () => <sparrow-similar />;'],
]) {
  test(`in React, ${what} does not compile`, () => {
    const messages = compile({ 'owner.tsx': line, 'jsx.ts': jsxOf("declare module 'react'") }, react);
    assert.equal(messages.length, 1, messages.join('\n'));
    assert.match(messages[0], /^1: /);
  });
}
