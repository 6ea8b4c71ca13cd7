// The page of the visitor's taste as a picture: what is of class pictured there, and nothing else, from
// top to bottom. app.wasm has app.js import this module when the visitor asks for the picture.

const width = 1080; // pixels
const margin = 72;
const room = width - 2 * margin;
const names = 330; // pixels of a line that the name of a row of bars takes
const sizes = { H1: 64, H2: 38, H3: 30, P: 30 };
const bar = 40; // pixels, the height of a full bar
const number = 96; // pixels of a letter of the one large number

// offer has the visitor share the picture where that is what a touch screen offers, or else saves it.
export async function offer(title) {
  const canvas = picture([...document.querySelectorAll('main .pictured')]);
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/png'); });
  if (!blob) throw new Error('the canvas gave no picture');
  const file = new File([blob], 'your-taste.png', { type: 'image/png' });
  if (matchMedia('(pointer: coarse)').matches && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file], title });
      return;
    } catch (error) {
      if (error.name === 'AbortError') return; // the visitor closed it
    }
  }
  const a = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: file.name });
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 60e3);
}

// picture draws elements onto a canvas as high as they need.
function picture(elements) {
  const canvas = document.createElement('canvas');
  let context = canvas.getContext('2d');
  const steps = []; // drawn once the height is known, which resets the context
  let y = margin;
  const write = (text, element, size, x, base, align = 'left') => {
    const { color, fontFamily, fontWeight } = getComputedStyle(element);
    steps.push(() => {
      context.font = `${fontWeight} ${size}px ${fontFamily}`;
      context.fillStyle = color;
      context.textAlign = align;
      context.fillText(text, x, base);
    });
  };
  for (const element of elements) {
    if (element.matches('.band-bars')) {
      const top = y - bar - 12;
      steps.push(() => drawBars(context, element, top));
      continue;
    }
    if (element.matches('.band-axis')) {
      const [first, last] = element.children;
      write(first.textContent, first, 24, margin + names, y + 24);
      write(last.textContent, last, 24, width - margin, y + 24, 'right');
      y += 48;
      continue;
    }
    if (element.tagName === 'SPAN') { // the name of a row of bars
      write(element.textContent, element, 28, margin, y + bar);
      y += bar + 12;
      continue;
    }
    const size = element.matches('.taste-number') ? number : sizes[element.tagName];
    if (element.tagName === 'H2') y += 36;
    const { fontFamily, fontWeight } = getComputedStyle(element);
    context.font = `${fontWeight} ${size}px ${fontFamily}`;
    for (const line of lines(context, element.textContent)) {
      write(line, element, size, margin, y + size);
      y += size * 1.4;
    }
    y += 8;
  }
  Object.assign(canvas, { width, height: Math.ceil(y + margin) });
  context = canvas.getContext('2d');
  context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  context.fillRect(0, 0, width, canvas.height);
  for (const step of steps) step();
  return canvas;
}

// drawBars draws a row of bars, beside its name, from y on.
function drawBars(context, element, y) {
  const [, , wide, high] = element.querySelector('svg').getAttribute('viewBox').split(' ').map(Number);
  const scale = (room - names) / wide;
  for (const one of element.querySelectorAll('rect')) {
    const [x, top, w, h] = ['x', 'y', 'width', 'height'].map((name) => Number(one.getAttribute(name)));
    context.fillStyle = getComputedStyle(one).fill;
    context.fillRect(margin + names + x * scale, y + top * (bar / high), w * scale, h * (bar / high));
  }
}

// lines breaks a text where the room ends: between words, and between Chinese characters.
function lines(context, text) {
  const all = [];
  let line = '';
  for (const piece of text.match(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+/g) ?? []) {
    if (line && context.measureText(line + piece).width > room) {
      all.push(line.trim());
      line = '';
    }
    line += piece;
  }
  return [...all, line.trim()];
}
