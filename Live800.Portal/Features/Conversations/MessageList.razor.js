// Stays at the newest line while the reader is there; otherwise leaves his place alone and offers the way down.
export function attach(scroller, pinned) {
  const below = scroller.querySelector('[data-new]');
  let newest = null;
  const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40;
  const down = () => { scroller.scrollTop = scroller.scrollHeight; };

  const look = () => {
    const last = scroller.firstElementChild.lastElementChild;
    if (pinned) down();
    else if (newest && last !== newest) below.hidden = false;
    newest = last;
  };
  const scrolled = () => {
    pinned = atEnd();
    if (pinned) below.hidden = true;
  };
  const clicked = () => { pinned = true; below.hidden = true; down(); };

  const size = new ResizeObserver(look);
  size.observe(scroller);
  size.observe(scroller.firstElementChild);
  scroller.addEventListener('scroll', scrolled, { passive: true });
  below.addEventListener('click', clicked);
  look();
  return {
    dispose() {
      size.disconnect();
      scroller.removeEventListener('scroll', scrolled);
      below.removeEventListener('click', clicked);
    },
  };
}
