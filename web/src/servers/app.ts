export { AppShell } from './app-shell.tsx';
export { HomePane } from './home-pane.tsx';
export { ServerPane } from './server-pane.tsx';
export { SignedIn } from './signed-in.tsx';
