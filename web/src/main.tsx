import { render } from 'solid-js/web';
import './design/base.css';
import { createBrowserSession } from './browser-session.ts';
import { AppRoutes, loadApp } from './routes.tsx';
import { reloadWhenStale } from './stale-page.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app');

reloadWhenStale({
  events: window,
  storage: sessionStorage,
  now: Date.now,
  // Every version has a first script of its own; some servers answer the page in its place.
  isGone: () =>
    fetch(import.meta.url, { method: 'HEAD', cache: 'no-store' }).then(
      ({ status, headers }) =>
        status === 404 || (status === 200 && !/javascript/.test(headers.get('content-type') ?? '')),
      () => false,
    ),
  reload: () => location.reload(),
});

const session = createBrowserSession();
void session.resume();
// Meanwhile the app loads, unless the address is a door that needs none of it.
if (!/^\/(login|register|forgot|reset|verify|invite)\b/.test(location.pathname)) {
  loadApp().catch(() => {
    // The route asks for it again, and says what is wrong.
  });
}
render(() => <AppRoutes session={session} />, root);
