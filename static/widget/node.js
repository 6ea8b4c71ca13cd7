// el makes an element with a part of its own, a class of the same name, and children.
export function el(name, part, ...kids) {
  const made = document.createElement(name);
  if (part) {
    made.part = part;
    made.className = part;
  }
  for (let i = 0; i < kids.length; i++) if (kids[i]) made.append(kids[i]);
  return made;
}
