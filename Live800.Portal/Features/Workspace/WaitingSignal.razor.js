// A short sound made here (no file), again every 20 s while somebody waits, and "(2) " before the window's title.
let audio = null;
let waiting = 0;
let unread = 0;
let repeat = 0;

// A browser lets a page sound only after somebody has touched it.
const wake = () => {
  try {
    audio ??= new AudioContext();
    if (audio.state === 'suspended') audio.resume();
  } catch { /* no sound on this machine */ }
};
addEventListener('pointerdown', wake, { capture: true });
addEventListener('keydown', wake, { capture: true });

export const isMuted = () => { try { return localStorage.getItem('live800.muted') === '1'; } catch { return false; } };
export function mute(on) { try { localStorage.setItem('live800.muted', on ? '1' : '0'); } catch { /* forbidden: until the reload only */ } if (!on) { wake(); ring([660, 880]); } return on; }

function ring(notes) {
  if (!audio || audio.state !== 'running' || isMuted()) return;
  notes.forEach((hertz, i) => {
    const at = audio.currentTime + i * 0.16;
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    tone.frequency.value = hertz;
    loud.gain.setValueAtTime(0, at);
    loud.gain.linearRampToValueAtTime(0.18, at + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, at + 0.15);
    tone.connect(loud).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.16);
  });
}

const counted = /^\(\d+\) /;
function title() {
  const count = waiting + unread;
  const plain = document.title.replace(counted, '');
  const wanted = count ? `(${count}) ${plain}` : plain;
  if (document.title !== wanted) document.title = wanted;
}
// Pages set their own titles; the count is put before whichever it is.
const head = document.querySelector('head');
if (head) new MutationObserver(title).observe(head, { childList: true, subtree: true, characterData: true });

export function tell(nowWaiting, nowUnread) {
  if (nowWaiting > waiting) ring([660, 880, 660]);
  else if (nowUnread > unread) ring([880]);
  waiting = nowWaiting;
  unread = nowUnread;
  clearInterval(repeat);
  if (waiting) repeat = setInterval(() => ring([660, 880]), 20000);
  title();
}
