// What the page's author should change, said in the console. It comes with takeover.js, for most pages
// have nothing to be told.

// empty tells of a template without content. JSX makes what stands inside of one its children.
export function empty(template) {
  if (template.sparrowTold) return;
  template.sparrowTold = true;
  console.warn('sparrow: this <template slot="card"> has no content, so the usual cards are shown. In React write <template slot="card" dangerouslySetInnerHTML={{ __html: card }} /> with the card as a text, or fill template.content by a ref:', template);
}
