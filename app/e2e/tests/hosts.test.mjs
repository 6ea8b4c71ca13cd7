// The widget's host matrix in the browsers that BROWSERS names, in all ways to run; in make test as
// the widget itself chooses, in Firefox. Chromium's is part of widget.mjs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosen } from '../browsers/all.mjs';
import { demoEdge } from '../lib/edge.mjs';
import { reaches } from '../lib/figures.mjs';
import { matrix } from '../widget/matrix.mjs';

for (const [name, browser] of chosen('firefox')) {
  test(`the widget on every host in ${name}`, async (t) => {
    const edge = await demoEdge();
    t.after(() => edge.stop());
    const started = await browser.start();
    t.after(() => started.close());
    const figures = await matrix(started, edge, process.env.BROWSERS ? {} : { modes: ['auto'] });
    t.diagnostic(started.version);
    assert.deepEqual(figures.filter((figure) => !reaches(figure)), []);
  });
}
