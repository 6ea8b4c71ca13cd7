// Measures pages of the site with Lighthouse, as on a phone: node measure.mjs [runs] [pages…]. It prints the
// medians beside their bars, and with REPORT=folder leaves Lighthouse's own reports there.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import lighthouse from 'lighthouse';
import { Chromium } from '../lib/chromium.mjs';
import { Server } from '../lib/server.mjs';

const runs = Number(process.argv[2] ?? 5);
const usual = ['/', '/movie/260', '/for-you', '/zh/'];
const pages = process.argv.length > 3 ? process.argv.slice(3) : usual;
const bars = { performance: 90, accessibility: 100, 'best-practices': 100, seo: 100, LCP: 1800, TBT: 200, CLS: 0.05 };
const timings = { LCP: 'largest-contentful-paint', TBT: 'total-blocking-time', CLS: 'cumulative-layout-shift' };

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const server = await new Server().start();
let missed = 0;
try {
  for (const page of pages) {
    const all = [];
    for (let run = 0, lost = 0; run < runs; run++) {
      const profile = await mkdtemp(path.join(tmpdir(), 'sparrow-lighthouse-'));
      const chromium = new Chromium();
      try {
        await chromium.start(profile);
        const { lhr, report } = await lighthouse(server.origin + page, { port: Number(new URL(chromium.base).port), output: 'html', logLevel: 'error' });
        if (lhr.runtimeError?.code === 'NO_NAVSTART' && lost++ < 3) { // the trace, and not the page, is at fault
          console.log(`${page}: the browser recorded nothing; once more`);
          run--;
          continue;
        }
        if (lhr.runtimeError) throw new Error(`${page}: ${lhr.runtimeError.message}`);
        const of = {};
        for (const [name, category] of Object.entries(lhr.categories)) of[name] = Math.round(100 * category.score);
        for (const [name, audit] of Object.entries(timings)) of[name] = lhr.audits[audit].numericValue;
        of.failed = Object.values(lhr.audits).filter((audit) => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode === 'binary').map((audit) => audit.id);
        all.push(of);
        if (process.env.REPORT) {
          await mkdir(process.env.REPORT, { recursive: true });
          await writeFile(path.join(process.env.REPORT, `${page.replaceAll('/', '_')}-${run}.html`), report);
        }
      } finally {
        await chromium.kill();
        await rm(profile, { recursive: true, force: true });
      }
    }
    const parts = [];
    for (const [name, bar] of Object.entries(bars)) {
      const value = median(all.map((of) => of[name]));
      const reached = name in timings ? value <= bar : value >= bar;
      if (!reached) missed++;
      parts.push(`${name} ${name === 'CLS' ? value.toFixed(3) : Math.round(value)}${reached ? '' : ` (bar ${bar})`}`);
    }
    console.log(`${page}  ${parts.join(' · ')}  ${[...new Set(all.flatMap((of) => of.failed))].join(', ')}`);
  }
} finally {
  await server.stop();
}
console.log(`medians of ${runs} runs; ${missed} figures miss their bars`);
