// A short tone for an agent's words that nobody sees (5): after the visitor has done something in the chat, as browsers ask, and until he turns it off.
// Loaded with the first of them; brings its switch along.
const text = {/* texts, by language */}[document.documentElement.lang];
let sound, bell, last = 0;

export default ({ button, $, local, keep, kept, show }) => {
  const mute = () => kept(local, "mute") == 1; // earlier versions wrote 0 for "not"
  const say = () => {
    bell.setAttribute("aria-pressed", !mute());
    bell.style.textDecoration = mute() ? "line-through" : "none";
  };
  if (!navigator.userActivation || !navigator.userActivation.hasBeenActive) return;
  if (!bell) {
    bell = button("♪", () => {
      keep(local, "mute", mute() ? "" : 1);
      say();
      show();
    });
    bell.title = text.Sound;
    bell.setAttribute("aria-label", text.Sound);
    $("min").before(bell);
  }
  say();
  if (mute() || Date.now() - last < 2e3) return; // three messages at once are one tone
  last = Date.now();
  try {
    sound = sound || new AudioContext();
    const at = sound.currentTime, tone = sound.createOscillator(), loud = sound.createGain();
    tone.frequency.setValueAtTime(660, at);
    tone.frequency.setValueAtTime(880, at + .09);
    loud.gain.setValueAtTime(.08, at);
    loud.gain.exponentialRampToValueAtTime(.001, at + .35);
    tone.connect(loud).connect(sound.destination);
    tone.start();
    tone.stop(at + .35);
  } catch {}
};
