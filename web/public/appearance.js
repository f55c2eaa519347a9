// Runs before the first paint so that the page never flashes in the wrong colours. A file of its own
// because the content security policy allows no inline script. settings/appearance.ts writes the keys.
(() => {
  let mode = null;
  try {
    mode = localStorage.getItem('harmonium.mode') ?? localStorage.getItem('harmonium.mode.default');
  } catch {
    // Storage is blocked: the instance's usual dark it is.
  }
  const light =
    mode === 'light' || (mode === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.mode = light ? 'light' : 'dark';
  document
    .querySelector('meta[name="theme-color"]')
    ?.setAttribute('content', light ? '#e6dfd3' : '#100e15');
})();
