// The widget on pages of other sites: the host matrix, hostile input, and an
// edge that went away, each against its bar. Prints a table; exit code 1 when a
// bar is missed. Needs the site (make site-files) and the lists of the demo
// bundle.
import { Chromium } from './browsers/chromium.mjs';
import { matrix } from './widget/matrix.mjs';
import { isolation } from './widget/isolation.mjs';
import { malformed } from './widget/malformed.mjs';
import { payloads } from './widget/payloads.mjs';
import { stopped } from './widget/stopped.mjs';
import { demoEdge } from './lib/edge.mjs';
import { table } from './lib/figures.mjs';

const [edge, chromium] = await Promise.all([demoEdge(), Chromium.start()]);
const figures = [];
try {
  for (const part of [matrix, isolation, payloads, malformed, stopped]) {
    console.log(`widget: ${part.name}`);
    figures.push(...await (part === matrix ? matrix(chromium, edge, { lanes: 2 }) : part(chromium.browser, edge)));
  }
} finally {
  await chromium.close();
  await edge.stop();
}
process.exit(table(figures) ? 0 : 1);
