// The arrows move the chosen row, not the scroll bar; the chosen row is brought into sight even when it is not rendered yet. The row on which a pointer comes to rest is
// told, so that what can be done with it stands there; a finger does not rest, it chooses.
const own = new Set(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', ' ']);

export function attach(grid, dotnet) {
  const head = grid.querySelector('[data-head]');
  const key = e => { if (e.target === grid && own.has(e.key) && !e.altKey && !e.ctrlKey && !e.metaKey) e.preventDefault(); };
  let pointed = '', resting = 0;
  const point = row => {
    if (row === pointed) return;
    pointed = row;
    dotnet.invokeMethodAsync('Point', row).catch(() => {}); // without connection nothing could be done either
  };
  const over = e => {
    if (e.pointerType === 'touch') return;
    clearTimeout(resting);
    const row = e.target.closest('[role=row]')?.id ?? '';
    resting = setTimeout(() => point(row), 100);
  };
  const leave = () => { clearTimeout(resting); point(''); };
  grid.addEventListener('keydown', key);
  grid.addEventListener('pointerover', over);
  grid.addEventListener('pointerleave', leave);
  return {
    show(index, height) {
      const top = index * height;
      const room = grid.clientHeight - head.offsetHeight;
      if (top < grid.scrollTop) grid.scrollTop = top;
      else if (top + height > grid.scrollTop + room) grid.scrollTop = top + height - room;
    },
    dispose() {
      clearTimeout(resting);
      grid.removeEventListener('keydown', key);
      grid.removeEventListener('pointerover', over);
      grid.removeEventListener('pointerleave', leave);
    },
  };
}
