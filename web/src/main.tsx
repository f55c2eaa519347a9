import { render } from 'solid-js/web';
import './design/base.css';
import { createBrowserSession } from './browser-session.ts';
import { AppRoutes } from './routes.tsx';

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app');

const session = createBrowserSession();
void session.resume();
render(() => <AppRoutes session={session} />, root);
