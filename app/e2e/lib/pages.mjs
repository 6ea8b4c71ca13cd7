// The app as a visitor uses it: by names and roles, and by the movie a card shows.
import { alive, idle } from './browser.mjs';

export const movies = { toyStory: 1, heat: 6, shining: 1258, exorcist: 1997, alien: 1214, starWars: 260, obscure: 193609 };

// go opens a page of the app without loading the document again.
export async function go(page, path) {
  await page.evaluate((to) => goappNav(to), path);
  await page.waitForURL((url) => url.pathname + url.search === path);
}

// card is the part of the page that shows a movie; on its own page, the head.
export const card = (page, id) => page.locator(`[data-movie="${id}"]`).first();

// press presses a movie's button by its name ("Like", "Not for me") and waits until it shows.
export async function press(page, id, name, pressed = true) {
  const button = card(page, id).getByRole('button', { name: new RegExp(`^${name}`) });
  await button.click();
  await card(page, id).getByRole('button', { name: new RegExp(`^${name}`), pressed }).waitFor();
}

// like opens a movie's page and likes it; it returns when the engine has answered.
export async function like(page, id) {
  await go(page, `/movie/${id}`);
  await idle(page);
  await press(page, id, 'Like');
  await idle(page);
}

// list returns the movies of a list in their order.
export const list = (page, selector) => page.locator(`${selector} [data-movie]`).evaluateAll((all) => all.map((one) => one.dataset.movie));

// forYou opens the personal list and returns its movies.
export async function forYou(page) {
  await go(page, '/for-you');
  await page.locator('.ranked-list [data-movie]').first().waitFor();
  await idle(page);
  return list(page, '.ranked-list');
}

// popular returns the movies that the crowd loves, in order.
export async function popular(page) {
  await go(page, '/browse');
  await page.locator('.grid [data-movie]').first().waitFor();
  return list(page, '.grid');
}

// reload loads the document again and waits until it lives.
export async function reload(page) {
  await page.reload();
  await alive(page);
}
