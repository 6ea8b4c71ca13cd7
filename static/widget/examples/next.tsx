// components/similar.tsx, for the app router of Next: a server component. The row that the edge has is in the page at once, and
// the widget takes it over in the browser. https://movies.example is the edge.
const edge = 'https://movies.example';

// rows returns the row of an item as HTML, or nothing: a page must not wait for a row.
async function rows(item: string): Promise<string> {
  try {
    const answer = await fetch(`${edge}/v1/similar/${encodeURIComponent(item)}.html`, { signal: AbortSignal.timeout(1000), next: { revalidate: 300 } } as RequestInit);
    return answer.ok ? await answer.text() : '';
  } catch {
    return '';
  }
}

export async function Similar({ item }: { item: string }) {
  return (
    <>
      <script type="module" async src={`${edge}/v1/widget.js`} />
      <sparrow-similar item={item} link="/film/{id}" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: await rows(item) }} />
    </>
  );
}
