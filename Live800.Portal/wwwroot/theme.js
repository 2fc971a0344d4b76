// Light or dark: the system's, until somebody chooses. Kept in a cookie so that the server's first paint agrees.
const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');

function keep(value) {
  document.cookie = `theme=${value};path=/;max-age=34560000;samesite=lax${location.protocol === 'https:' ? ';secure' : ''}`;
}

export function isDark() {
  return root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches;
}

/** Turns to the other theme and keeps it; answers whether it is dark now. */
export function switchTheme() {
  const next = isDark() ? 'light' : 'dark';
  root.dataset.theme = next;
  keep(next);
  return next === 'dark';
}

/** What somebody chose: light, dark, or auto for nothing. */
export function chosen() { return root.dataset.theme ?? 'auto'; }

/** Keeps a choice; answers whether it is dark now. */
export function choose(theme) {
  if (theme === 'auto') {
    delete root.dataset.theme;
    keep(dark.matches ? 'auto-dark' : 'auto-light');
  } else {
    root.dataset.theme = theme;
    keep(theme);
  }
  return isDark();
}

export function followSystem() {
  const note = () => { if (!root.dataset.theme) keep(dark.matches ? 'auto-dark' : 'auto-light'); };
  note();
  dark.addEventListener('change', note);
}
