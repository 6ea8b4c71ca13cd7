// The edge goes away after the first visit: the list is still there, also after
// the loader's short lifetime in the cache is over.
import { host, page } from '../lib/host.mjs';
import { record, settled } from '../lib/widget.mjs';
import { Server } from '../lib/server.mjs';

export async function stopped(browser) {
  let shown = 0;
  const cases = [['inline', 300], ['frame', 300], ['inline', 1], ['frame', 1]];
  for (const [mode, age] of cases) {
    const edge = await new Server().start();
    edge.shorten(age);
    const site = await host(null, { '/': { body: page(edge.origin, `<sparrow-similar item="50" mode="${mode}"></sparrow-similar>`) } });
    const context = await browser.newContext();
    await context.addInitScript(record);
    const tab = await context.newPage();
    await tab.goto(site.origin);
    const [first] = await settled(tab);
    await tab.waitForTimeout(age === 1 ? 1500 : 200);
    await edge.stop();
    await tab.goto(`${site.origin}/?again`);
    const [again] = await settled(tab).catch((error) => [{ state: String(error).split('\n')[0], items: [] }]);
    const good = first.items.length === 10 && first.items.join() === again.items.join() && again.mode === mode;
    if (!good) console.log(`edge stopped, ${mode}, loader kept ${age} s: ${first.items.length} items before, then ${again.state} with ${again.items.length} by ${again.mode}`);
    shown += Number(good);
    await context.close();
    site.stop();
  }
  return [{ name: 'edge stopped after the first visit: still shows the list (inline, frame; loader fresh, stale)', bar: cases.length, measured: shown, least: true, runs: cases.length }];
}
