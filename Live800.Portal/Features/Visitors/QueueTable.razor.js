// The arrows move the chosen row, not the scroll bar; the chosen row is brought into sight even when it is not rendered yet.
const own = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', ' ']);

export function attach(grid) {
  const head = grid.querySelector('[data-head]');
  const key = e => { if (e.target === grid && own.has(e.key) && !e.altKey && !e.ctrlKey && !e.metaKey) e.preventDefault(); };
  grid.addEventListener('keydown', key);
  return {
    show(index, height) {
      const top = index * height;
      const room = grid.clientHeight - head.offsetHeight;
      if (top < grid.scrollTop) grid.scrollTop = top;
      else if (top + height > grid.scrollTop + room) grid.scrollTop = top + height - room;
    },
    dispose() { grid.removeEventListener('keydown', key); },
  };
}
