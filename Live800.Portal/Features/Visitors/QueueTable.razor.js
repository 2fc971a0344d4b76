// The arrows move the chosen row, not the scroll bar; the chosen row is brought into sight even when it is not rendered yet.
const own = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', ' ']);

export function attach(grid) {
  const body = grid.querySelector('[data-body]');
  const key = e => { if (e.target === grid && own.has(e.key) && !e.altKey && !e.ctrlKey && !e.metaKey) e.preventDefault(); };
  grid.addEventListener('keydown', key);
  return {
    show(index, height) {
      const top = index * height;
      if (top < body.scrollTop) body.scrollTop = top;
      else if (top + height > body.scrollTop + body.clientHeight) body.scrollTop = top + height - body.clientHeight;
    },
    dispose() { grid.removeEventListener('keydown', key); },
  };
}
