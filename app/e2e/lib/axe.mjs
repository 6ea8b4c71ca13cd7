// axe-core, which finds accessibility problems of a page.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// complaints returns axe's violations in a page or the parts of it that a
// selector names, one line for each rule. The page must not enforce a content
// security policy: axe is injected as a script.
export async function complaints(page, selector, rules) {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(source);
  const { violations } = await page.evaluate(
    ([what, runOnly]) => globalThis.axe.run(what ?? document, { resultTypes: ['violations'], ...(runOnly && { runOnly }) }), [selector, rules]);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map(({ target, failureSummary }) => `${target} ${failureSummary?.split('\n')[1]?.trim()}`).join('; ')}`);
}

// complaintsIn checks a page in several views, each [width in pixels, light or
// dark]. before, if given, is called in each of them.
export async function complaintsIn(page, views, before = () => {}) {
  const found = [];
  for (const [width, theme] of views) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 800 });
    await before(width, theme);
    found.push(...(await complaints(page)).map((line) => `${width}px ${theme}: ${line}`));
  }
  return found;
}
