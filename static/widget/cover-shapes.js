// Shapes of covers as markup, as app/poster/shapes.go draws them.
export const path = (fill, d) => `<path fill='${fill}' d='${d}'/>`;
export const stroke = (colour, width, d) => `<path fill='none' stroke='${colour}' stroke-width='${width}' d='${d}'/>`;
export const circle = (fill, x, y, r) => `<circle fill='${fill}' cx='${x}' cy='${y}' r='${r}'/>`;
export const box = (x, y, w, h) => `M${x} ${y}h${w}v${h}h${-w}z`;
export const disc = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
export const part = (a, b) => (a / b) | 0; // as whole numbers are divided
