// The widget's types: the examples of its guide compile, and what the elements
// do not have does not.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const types = fileURLToPath(new URL('../../../static/widget/widget.d.ts', import.meta.url));
const folder = path.dirname(types);
const options = {
  strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.Preserve, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [],
};

// compile returns the compiler's messages on sources, a map of file name →
// text, that stand beside the types: ["line: message"].
function compile(sources) {
  const own = new Map(Object.entries(sources).map(([name, text]) => [path.join(folder, name), text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => own.has(name) || fileExists(name);
  host.readFile = (name) => own.get(name) ?? readFile(name);
  host.getSourceFile = (name, ...rest) => (own.has(name) ? ts.createSourceFile(name, own.get(name), ...rest) : getSourceFile(name, ...rest));
  const program = ts.createProgram([types, ...own.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

const page = `
import { erase } from './widget';
import type { SparrowItem } from './widget';

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
await list.refresh();
await erase();
const made = document.createElement('sparrow-popular');
made.consent = 'granted';
const titles: string[] = made.items.map(({ title }) => title);
export { titles };
`;

const component = (attributes) => `
import type { SparrowElements } from './widget';
declare global { namespace JSX { interface Element {} interface IntrinsicElements { section: { children?: unknown } } } }
export type Names = keyof SparrowElements;
export const More = () => <section>
  <sparrow-similar ${attributes} />
  <sparrow-recommend personal limit="5" ref={(list: unknown) => list} />
</section>;
`;

test('a page and a component compile', () => {
  assert.deepEqual(compile({ 'page.ts': page, 'more.tsx': component('item={50} layout="grid" theme="dark" link="/film/{id}" consent="granted"') }), []);
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
    const messages = compile({ 'page.ts': `import './widget';\nconst list = document.querySelector("sparrow-popular")!;\n${line}\n` });
    assert.equal(messages.length, 1, messages.join('\n'));
    assert.match(messages[0], /^3: /);
  });
}
