// The app as a visitor uses it: by names and roles, and by the item that a card
// shows.
import { alive, idle } from './browser.mjs';

export const movies = { toyStory: 1, heat: 6, shining: 1258, exorcist: 1997, alien: 1214, starWars: 260, obscure: 193609 };

// go opens a page of the app without loading the document again.
export async function go(page, path) {
  await page.evaluate((to) => goappNav(to), path);
  await page.waitForURL((url) => url.pathname + url.search === path);
  await idle(page);
}

// card is the part of the page that shows an item; on its own page, the head.
export const card = (page, id) => page.locator(`[data-item="${id}"]`).first();

// button is one of an item's buttons by its name ("Like", "Not for me").
export const button = (page, id, name, state = {}) => card(page, id).getByRole('button', { name: new RegExp(`^${name}`), ...state });

// press presses it and returns after the requests that follow are answered.
export async function press(page, id, name) {
  await card(page, id).hover(); // on a desktop a card shows its buttons under the pointer
  await button(page, id, name).click();
  await idle(page);
}

// like opens an item's page, which is under that path, and likes it.
export async function like(page, id, path = '/movie') {
  await go(page, `${path}/${id}`);
  await press(page, id, 'Like');
  await button(page, id, 'Like', { pressed: true }).waitFor();
}

// list returns the items of a list in their order.
export const list = (page, selector) => page.locator(`${selector} [data-item]`).evaluateAll((all) => all.map((one) => one.dataset.item));

// forYou opens the personal list and returns its items.
export async function forYou(page) {
  await go(page, '/for-you');
  await page.locator('.ranked-list [data-item]').first().waitFor();
  return list(page, '.ranked-list');
}

// popular returns the most popular items, in order.
export async function popular(page) {
  await go(page, '/browse');
  await page.locator('.grid [data-item]').first().waitFor();
  return list(page, '.grid');
}

// reload loads the document again and waits until it is live.
export async function reload(page) {
  await page.reload();
  await alive(page);
}
