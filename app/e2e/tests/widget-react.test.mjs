// The guide's React snippets in React 19, and a card whose template JSX has left
// without content.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stage } from '../lib/app.mjs';
import { folder, root } from '../lib/exported.mjs';
import { host, page } from '../lib/host.mjs';
import { lists } from '../lib/lists.mjs';
import { until } from '../lib/until.mjs';
import { record, settled } from '../lib/widget.mjs';

const { server: edge, browser } = await stage();
edge.site = await lists();
const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const pinned = `/a/${readdirSync(path.join(process.env.SITE ?? path.join(root, '.build/site'), 'a')).find((name) => name.endsWith('.widget.js'))}`;
const guide = readFileSync(new URL('../../../static/widget/README.md', import.meta.url), 'utf8');
const snippets = [...guide.matchAll(/^```tsx\n([^]*?)^```$/gm)].map(([, code]) => code);

// bundled returns an application as a script, with React 19 inside.
async function bundled(t, files) {
  const work = await folder(t);
  await mkdir(work, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(work, name), text);
  execFileSync('go', ['run', 'github.com/evanw/esbuild/cmd/esbuild', path.join(work, 'main.tsx'), '--bundle', '--jsx=automatic', '--define:process.env.NODE_ENV="development"',
    `--alias:react=${modules}/react-19`, `--alias:react-dom=${modules}/react-dom-19`, `--alias:scheduler=${modules}/react-dom-19/node_modules/scheduler`, `--outfile=${path.join(work, 'out.js')}`, '--log-level=error'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  return { type: 'text/javascript', body: await readFile(path.join(work, 'out.js'), 'utf8') };
}

// opened serves an application and returns the tab when its lists are there, with
// what the console said.
async function opened(t, files, { script } = {}) {
  const site = await host(t, { '/': { body: page(edge.origin, '<div id="root"></div><script src="/app.js"></script>', { script }) }, '/app.js': await bundled(t, files) });
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  t.after(() => context.close());
  await context.addInitScript(record);
  const tab = await context.newPage();
  tab.said = [];
  tab.on('console', (message) => { if (['error', 'warning'].includes(message.type())) tab.said.push(message.text()); });
  tab.on('pageerror', (error) => tab.said.push(String(error)));
  await tab.goto(site.origin);
  await settled(tab);
  return tab;
}

const main = (body, imports = '') => `import { createRoot } from 'react-dom/client';
import { useState, version } from 'react';
${imports}
${body}
createRoot(document.getElementById('root')!).render(<App />);
`;

test('the guide’s lists, with listeners, in React 19', async (t) => {
  assert.equal(snippets.length, 3);
  const app = main(`
const kept = ((globalThis as any).kept = [version]);
function App() {
  const [id, go] = useState('50');
  const choose = (event: any) => { event.preventDefault(); kept.push(event.detail.item.id); go(event.detail.item.id); };
  return <><i id="id">{id}</i><New id={id} onChoose={choose} /><Old id={id} onChoose={choose} /></>;
}`, "import { Similar as New } from './0';\nimport { Similar as Old } from './1';");
  const tab = await opened(t, { '0.tsx': snippets[0], '1.tsx': snippets[1], 'main.tsx': app });
  for (const [round, which] of [[1, 'first'], [2, 'last']]) {
    const before = await tab.locator('#id').innerText();
    await tab.locator('sparrow-similar')[which]().locator('.card').first().click();
    await tab.waitForFunction((was) => document.getElementById('id').textContent !== was, before);
    assert.equal(await tab.evaluate(() => kept.length), round + 1);
    await settled(tab);
  }
  assert.match(await tab.evaluate(() => kept[0]), /^19\./);
  assert.deepEqual(tab.said, []);
});

const tiles = (tab) => tab.locator('a.tile b').allInnerTexts();

test('the guide’s own card in React 19', async (t) => {
  const tab = await opened(t, { '2.tsx': snippets[2], 'main.tsx': main('const App = () => <Tiles id="50" />;', "import { Tiles } from './2';") });
  await tab.waitForFunction(() => document.querySelectorAll('a.tile b').length === 10);
  assert.ok((await tiles(tab)).every((title) => title.trim()), 'every card has its title');
  assert.deepEqual(tab.said, []);
});

for (const [what, pin] of [['the script by its address', false], ['the pinned script', true]]) {
  test(`a card between the tags of a template in JSX: the usual cards, and what to write, said once; ${what}`, async (t) => {
    const app = main(`
const App = () => {
  const [title, change] = useState('Film');
  (globalThis as any).change = change;
  return <><h2>{title}</h2><sparrow-similar item="50" link="/film/{id}"><template slot="card"><a className="tile" data-sparrow="link"><b data-sparrow="title"></b></a></template></sparrow-similar></>;
};`);
    const script = pin ? `<script type="module" src="${edge.origin}${pinned}" crossorigin></script>` : undefined;
    const tab = await opened(t, { 'main.tsx': app }, { script });
    await tab.evaluate(() => change('Film 2'));
    await tab.waitForFunction(() => document.querySelector('h2').textContent === 'Film 2');
    const shown = await tab.evaluate(() => [...document.querySelector('sparrow-similar').shadowRoot.querySelectorAll('.title')].map(({ textContent }) => textContent).filter(Boolean).length);
    assert.equal(shown, 10);
    const mine = await until('what to write', () => { // the script that says it comes by itself
      const said = tab.said.filter((text) => text.includes('sparrow'));
      return said.length > 0 && said;
    });
    assert.equal(mine.length, 1, tab.said.join('\n'));
    assert.match(mine[0], /dangerouslySetInnerHTML=\{\{ __html: card \}\}.*ref/);
  });
}
