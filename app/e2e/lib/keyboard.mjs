// A page by the keyboard alone.

// What a mouse can use.
const usable = 'a[href], button, input, select, textarea, summary, [role=button], [role=slider], [role=option], [role=switch], [role=tab], [tabindex]';
// What the arrow keys reach from its one stop, and what another stop does as well: buttons that scroll a row, a
// picture beside its title.
const beside = '.track [data-item] *, [role=listbox] *, .row-button, [aria-hidden=true], [aria-hidden=true] *, .map-svg *, [disabled], [inert] *';

// walk presses Tab from the top of the page to its end. It returns how many stops there were, and what is wrong:
// a stop that is not seen or that a bar covers, a place that is not left again, and what only a mouse can use.
export async function walk(page, most = 600) {
  await page.evaluate((all) => {
    const { body } = document;
    globalThis.stops = { seen: new Set(), wrong: [], all };
    body.tabIndex = -1;
    body.focus({ preventScroll: true });
    body.removeAttribute('tabindex');
    stops.name = (one) => `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ''}.${[...one.classList].join('.')} “${(one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 40)}”`;
  }, usable);
  for (let pressed = 0; ; pressed++) {
    await page.keyboard.press('Tab');
    const ended = await page.evaluate((last) => {
      const { activeElement: at, body } = document;
      if (at === body || !at || stops.seen.has(at)) {
        if (at && at !== body && stops.seen.size > 1 && at !== [...stops.seen][0]) stops.wrong.push(`Tab comes back to ${stops.name(at)} before the end`);
        return true;
      }
      stops.seen.add(at);
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
      const shown = at.type === 'file' ? at.closest('label, .drop') ?? at : at;
      const dot = at.querySelector(':scope > circle'); // of the map, where an outline would be a square
      const ring = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none' || shown !== at || (dot && getComputedStyle(dot).strokeWidth === '10px');
      if (!ring) stops.wrong.push(`the focus is not seen on ${stops.name(at)}`);
      const box = shown.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, Math.max(0, box.y) + Math.min(box.height / 2, innerHeight / 4)];
      const top = document.elementFromPoint(x, y);
      if (box.width < 1 || box.height < 1 || y > innerHeight || x < 0 || x > innerWidth) stops.wrong.push(`${stops.name(at)} has the focus outside of the window`);
      else if (!top || !(shown.contains(top) || top.contains(shown))) stops.wrong.push(`${stops.name(at)} has the focus under ${top && stops.name(top)}`);
      if (last) stops.wrong.push(`no end after ${stops.seen.size} stops, at ${stops.name(at)}`);
      return last;
    }, pressed >= most);
    if (ended) break;
  }
  return page.evaluate((others) => {
    const visible = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.getClientRects().length > 0;
    const chosen = (one) => one.type === 'radio' && [...stops.seen].some((other) => other.name === one.name); // the arrow keys reach the others
    const missed = [...document.querySelectorAll(stops.all)].filter((one) => visible(one) && !stops.seen.has(one) && !one.matches(others) && !one.matches('main, h1, h2') && !chosen(one));
    return { stops: stops.seen.size, wrong: [...stops.wrong, ...missed.map((one) => `only a mouse can use ${stops.name(one)}`)] };
  }, beside);
}
