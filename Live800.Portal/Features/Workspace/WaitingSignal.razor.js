// A short sound made here (no file), again every 20 s while somebody waits, "(2) " before the window's title, and the system's own notice while the desk
// is out of sight. What rings, how loud, and whether there are notices, the agent has set; silence for this machine is a switch of its own.
let set_ = { waiting: true, message: true, volume: 60, notices: false, texts: [] };
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

function ring(notes, volume = set_.volume, isTest = false) {
  if (!audio || audio.state !== 'running' || (isMuted() && !isTest) || volume <= 0) return;
  notes.forEach((hertz, i) => {
    const at = audio.currentTime + i * 0.16;
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    tone.frequency.value = hertz;
    loud.gain.setValueAtTime(0, at);
    loud.gain.linearRampToValueAtTime(0.3 * volume / 100, at + 0.02);
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

const sounds = { waiting: [660, 880, 660], message: [880] };

export function set(waiting, message, volume, notices, ...texts) { set_ = { waiting, message, volume, notices, texts }; }

/** Plays one as it would sound, also where the machine is silent otherwise; false where the browser gives no sound. */
export async function test(kind, volume) {
  wake();
  try { await audio?.resume(); } catch { /* told below */ }
  ring(sounds[kind], volume, true);
  return audio?.state === 'running';
}

/** granted, denied, default, or none: the browser has no notices here (an address without TLS, for one). */
export const permission = () => typeof Notification === 'undefined' || !isSecureContext ? 'none' : Notification.permission;
export async function ask() { return permission() === 'none' ? 'none' : await Notification.requestPermission(); }

/** One notice at a time: the next takes its place. */
export function show(text) {
  if (permission() !== 'granted') return;
  try {
    const notice = new Notification(text, { tag: 'live800', renotify: true, silent: true });
    notice.onclick = () => { window.focus(); notice.close(); };
  } catch { /* phones have notices for installed pages only */ }
}

export function tell(nowWaiting, nowUnread) {
  const came = nowWaiting > waiting ? 'waiting' : nowUnread > unread ? 'message' : null;
  if (came && set_[came]) ring(sounds[came]);
  if (came && set_.notices && document.visibilityState !== 'visible') show(set_.texts[came === 'waiting' ? 0 : 1]);
  waiting = nowWaiting;
  unread = nowUnread;
  clearInterval(repeat);
  if (waiting) repeat = setInterval(() => { if (set_.waiting) ring([660, 880]); }, 20000);
  title();
}
