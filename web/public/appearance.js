// Runs before the first paint so that the page never flashes in the wrong colours. A file of its own
// because the content security policy allows no inline script. settings/appearance.ts writes the keys.
(() => {
  const rails = {
    harmonium: { dark: '#100e15', light: '#e6dfd3' },
    cathedral: { dark: '#0b0f16', light: '#dce3eb' },
    reed: { dark: '#0d110e', light: '#dde4d6' },
  };
  const chosen = (key) => {
    try {
      return localStorage.getItem(key) ?? localStorage.getItem(`${key}.default`);
    } catch {
      return null; // Storage is blocked: it looks as it usually does.
    }
  };
  const named = chosen('harmonium.theme');
  const theme = Object.hasOwn(rails, named ?? '') ? named : 'harmonium';
  const wanted = chosen('harmonium.mode');
  const isLight =
    wanted === 'light' ||
    (wanted === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  const mode = isLight ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.mode = mode;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', rails[theme][mode]);
})();
