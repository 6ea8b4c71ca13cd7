// A server and a browser from the first test of a file to its last.
import { after } from 'node:test';
import { launch } from './browser.mjs';
import { Server } from './server.mjs';

export async function stage() {
  const server = await new Server().start();
  after(() => server.stop());
  const browser = await launch();
  after(() => browser.close());
  return { server, browser };
}
