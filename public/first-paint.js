// Before the first paint: the chosen theme and 长辈版, so that nothing flashes. Mirrors stores/preferences.ts.
try {
  const kept = JSON.parse(localStorage.getItem('doorstep.preferences') ?? '{}');
  const html = document.documentElement;
  if (kept.theme === 'dark' || kept.theme === 'light') html.dataset.theme = kept.theme;
  if (kept.elder === true) {
    html.dataset.mode = 'elder';
    html.style.setProperty('--elder-size', String(kept.elderSize ?? 20));
  }
} catch {
  // Storage is refused: the defaults are fine.
}
