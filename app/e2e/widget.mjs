// The widget on pages of other sites: the host matrix, hostile input, and an
// edge that went away, each against its bar. Prints a table; exit code 1 when a
// bar is missed. Needs the site (make site-files) and the lists of the demo
// bundle.
import { matrix } from './widget/matrix.mjs';
import { isolation } from './widget/isolation.mjs';
import { malformed } from './widget/malformed.mjs';
import { payloads } from './widget/payloads.mjs';
import { stopped } from './widget/stopped.mjs';
import { demoEdge } from './lib/edge.mjs';
import { launch } from './lib/browser.mjs';
import { table } from './lib/figures.mjs';

const [edge, browser] = await Promise.all([demoEdge(), launch()]);
const figures = [];
try {
  for (const part of [matrix, isolation, payloads, malformed, stopped]) {
    console.log(`widget: ${part.name}`);
    figures.push(...await part(browser, edge));
  }
} finally {
  await browser.close();
  await edge.stop();
}
process.exit(table(figures) ? 0 : 1);
