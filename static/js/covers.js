// Where a catalog's picture does not load, the cover that the page has drawn for the item stands
// in for it: the element has it in data-drawn, since no handler may stand in a page's markup.

const draw = (image) => {
  const { drawn } = image.dataset ?? {};
  if (drawn && image.getAttribute('src') !== drawn) image.src = drawn;
};

// keepCovers looks after all pictures of the page, those that failed before this script came too.
export function keepCovers() {
  document.addEventListener('error', ({ target }) => draw(target), true); // errors do not bubble
  for (const image of document.querySelectorAll('img[data-drawn]')) if (image.complete && !image.naturalWidth) draw(image);
  // go-app uses elements again: a picture that failed for one item may have its address for the next.
  new MutationObserver((changes) => {
    for (const { target } of changes) if (target.src.startsWith('data:')) draw(target);
  }).observe(document.documentElement, { subtree: true, attributeFilter: ['data-drawn'] });
}
