// Waiting for another process: the edge, a browser, the disk.
import { setTimeout as sleep } from 'node:timers/promises';

// until waits for a condition to become true, as long as playwright waits for a
// page, and returns its value.
export async function until(what, condition, patience = 30e3) {
  for (const end = Date.now() + patience; ; await sleep(50)) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${patience} ms`);
  }
}
