// Runs before the first paint so that the page never flashes in the wrong colours. A file of its own
// because the content security policy allows no inline script. settings/appearance.ts writes the keys.
(() => {
  const rails = {
    harmonium: { dark: '#100e15', light: '#e6dfd3' },
    cathedral: { dark: '#0b0f16', light: '#dce3eb' },
    reed: { dark: '#0d110e', light: '#dde4d6' },
  };
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage is blocked: it looks as it usually does.
    }
  };
  // A server that is opened again would otherwise change colour once it has loaded.
  const [server, serverTheme] = (stored('harmonium.theme.place') ?? '').split(' ');
  const isOpen = location.pathname.startsWith(`/servers/${server}/`);
  const named =
    stored('harmonium.theme') ??
    (isOpen ? serverTheme : undefined) ??
    stored('harmonium.theme.default');
  const theme = Object.hasOwn(rails, named ?? '') ? named : 'harmonium';
  const wanted = stored('harmonium.mode') ?? stored('harmonium.mode.default');
  const isLight =
    wanted === 'light' ||
    (wanted === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  const mode = isLight ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.mode = mode;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', rails[theme][mode]);
})();
