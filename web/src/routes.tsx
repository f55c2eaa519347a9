import { Route, Router } from '@solidjs/router';
import { ErrorBoundary, Suspense, lazy } from 'solid-js';
import type { JSX } from 'solid-js';
import { ToastProvider } from './design/toast.tsx';
import { InstanceProvider } from './instance.tsx';
import { Crash } from './login/crash.tsx';
import { LoginPage } from './login/login-page.tsx';
import { RegisterPage } from './login/register-page.tsx';
import { Splash } from './login/splash.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import type { SessionStore } from './session.ts';
import { SessionProvider } from './session-context.tsx';

const InvitePage = lazy(async () => ({
  default: (await import('./invites/invite-page.tsx')).InvitePage,
}));
const ForgotPage = lazy(async () => ({
  default: (await import('./login/forgot-page.tsx')).ForgotPage,
}));
const ResetPage = lazy(async () => ({
  default: (await import('./login/reset-page.tsx')).ResetPage,
}));
const VerifyPage = lazy(async () => ({
  default: (await import('./login/verify-page.tsx')).VerifyPage,
}));
/** The app behind the door is one piece: its parts are always needed together. */
export const loadApp = () => import('./servers/app.ts');
const SignedIn = lazy(async () => ({ default: (await loadApp()).SignedIn }));
const AppShell = lazy(async () => ({ default: (await loadApp()).AppShell }));
const HomePane = lazy(async () => ({ default: (await loadApp()).HomePane }));
const ServerPane = lazy(async () => ({ default: (await loadApp()).ServerPane }));
const DirectPane = lazy(async () => ({
  default: (await import('./direct/direct-pane.tsx')).DirectPane,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('./settings/settings-page.tsx')).SettingsPage,
}));
const ChannelSettingsPage = lazy(async () => ({
  default: (await import('./channel-settings/channel-settings-page.tsx')).ChannelSettingsPage,
}));
const ServerSettingsPage = lazy(async () => ({
  default: (await import('./server-settings/server-settings-page.tsx')).ServerSettingsPage,
}));

export function AppRoutes(props: { session: SessionStore }) {
  const Root = (page: { children?: JSX.Element }) => (
    <ErrorBoundary fallback={(error) => <Crash error={error} />}>
      <SessionProvider session={props.session}>
        <InstanceProvider>
          <ToastProvider>
            <Suspense fallback={<Splash />}>{page.children}</Suspense>
          </ToastProvider>
        </InstanceProvider>
      </SessionProvider>
    </ErrorBoundary>
  );
  return (
    <Router root={Root}>
      <Route path="/login" component={LoginPage} />
      <Route path="/register" component={RegisterPage} />
      <Route path="/forgot" component={ForgotPage} />
      <Route path="/reset" component={ResetPage} />
      <Route path="/verify" component={VerifyPage} />
      <Route path="/invite/:code" component={InvitePage} />
      <Route component={SignedIn}>
        <Route component={AppShell}>
          <Route path="/" component={HomePane} />
          <Route path="/direct/:channelId?/:messageId?" component={DirectPane} />
          <Route path="/servers/:serverId/:channelId?/:messageId?" component={ServerPane} />
        </Route>
        <Route path="/settings/:section?" component={SettingsPage} />
        <Route path="/servers/:serverId/settings/:section?" component={ServerSettingsPage} />
        <Route
          path="/servers/:serverId/channels/:channelId/settings/:section?"
          component={ChannelSettingsPage}
        />
      </Route>
      <Route path="*" component={NotFoundPage} />
    </Router>
  );
}
