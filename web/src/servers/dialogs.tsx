import {
  ErrorBoundary,
  Match,
  Suspense,
  Switch,
  createContext,
  createSignal,
  lazy,
  onCleanup,
  useContext,
} from 'solid-js';
import type { JSX } from 'solid-js';
import { loadMenus } from '../design/menu.tsx';
import { useToasts } from '../design/toast.tsx';
import { t } from '../strings/strings.ts';
import type { Question } from './question.ts';

type QuestionAbout<About extends Question['about']> = Extract<Question, { about: About }>;

const loadNewServer = () => import('./new-server-dialog.tsx');
const loadNewChannel = () => import('./new-channel-dialog.tsx');
const loadInvite = () => import('../invites/invite-dialog.tsx');
const loadParting = () => import('./parting-dialog.tsx');
const loadCategory = () => import('./category-dialog.tsx');
const loadThread = () => import('../threads/thread-dialog.tsx');
const loadStatus = () => import('./status-dialog.tsx');
const loadProfile = () => import('../members/profile-card.tsx');
const loadNickname = () => import('../members/nickname-dialog.tsx');
const loadRemoval = () => import('../members/removal-dialog.tsx');

const NewServerDialog = lazy(async () => ({ default: (await loadNewServer()).NewServerDialog }));
const NewChannelDialog = lazy(async () => ({ default: (await loadNewChannel()).NewChannelDialog }));
const InviteDialog = lazy(async () => ({ default: (await loadInvite()).InviteDialog }));
const PartingDialog = lazy(async () => ({ default: (await loadParting()).PartingDialog }));
const CategoryDialog = lazy(async () => ({ default: (await loadCategory()).CategoryDialog }));
const ThreadDialog = lazy(async () => ({ default: (await loadThread()).ThreadDialog }));
const StatusDialog = lazy(async () => ({ default: (await loadStatus()).StatusDialog }));
const ProfileCard = lazy(async () => ({ default: (await loadProfile()).ProfileCard }));
const NicknameDialog = lazy(async () => ({ default: (await loadNickname()).NicknameDialog }));
const RemovalDialog = lazy(async () => ({ default: (await loadRemoval()).RemovalDialog }));

/** Long enough after the start that nothing waits for it. */
const LOAD_DIALOGS_AFTER_MS = 4_000;

/** Dialogs and menus are there before they are asked for, and also when the network is not. */
function loadDialogs(): void {
  void loadMenus();
  for (const load of [
    loadNewServer,
    loadNewChannel,
    loadInvite,
    loadParting,
    loadCategory,
    loadStatus,
    loadThread,
    loadProfile,
    loadNickname,
    loadRemoval,
  ]) {
    load().catch(() => {
      // Asked again when somebody needs it.
    });
  }
}

const AskContext = createContext<(question: Question) => void>();

/** Shows one question at a time, loaded when it is asked first. */
export function Dialogs(props: { children: JSX.Element }) {
  const [question, setQuestion] = createSignal<Question>();
  const toasts = useToasts();
  const timer = setTimeout(loadDialogs, LOAD_DIALOGS_AFTER_MS);
  onCleanup(() => clearTimeout(timer));
  const close = () => setQuestion(undefined);
  // A menu that asks gives the focus back to its button first, so that the dialog does so, too.
  const ask = (next: Question) => {
    requestAnimationFrame(() => setTimeout(() => setQuestion(next)));
  };
  function asked<About extends Question['about']>(
    ...about: About[]
  ): QuestionAbout<About> | undefined {
    const now = question();
    return now !== undefined && isAbout(now, about) ? now : undefined;
  }
  return (
    <AskContext.Provider value={ask}>
      {props.children}
      <ErrorBoundary
        fallback={(_, reset) => {
          toasts.complain(t('problems.offline'));
          close();
          queueMicrotask(reset);
          return null;
        }}
      >
        <Suspense>
          <Switch>
            <Match when={asked('new-server')} keyed>
              {(it) => <NewServerDialog way={it.way} onClose={close} />}
            </Match>
            <Match when={asked('new-channel')} keyed>
              {(it) => <NewChannelDialog question={it} onClose={close} />}
            </Match>
            <Match when={asked('invite')} keyed>
              {(it) => <InviteDialog server={it.server} onClose={close} />}
            </Match>
            <Match
              when={asked('leave-server', 'remove-server', 'remove-channel', 'remove-category')}
              keyed
            >
              {(it) => <PartingDialog question={it} onClose={close} />}
            </Match>
            <Match when={asked('new-category', 'rename-category')} keyed>
              {(it) => <CategoryDialog question={it} onClose={close} />}
            </Match>
            <Match when={asked('start-thread', 'rename-thread')} keyed>
              {(it) => <ThreadDialog question={it} onClose={close} />}
            </Match>
            <Match when={asked('status')}>
              <StatusDialog onClose={close} />
            </Match>
            <Match when={asked('profile')} keyed>
              {(it) => <ProfileCard question={it} onClose={close} />}
            </Match>
            <Match when={asked('rename-member')} keyed>
              {(it) => <NicknameDialog question={it} onClose={close} />}
            </Match>
            <Match when={asked('kick-member', 'ban-member')} keyed>
              {(it) => <RemovalDialog question={it} onClose={close} />}
            </Match>
          </Switch>
        </Suspense>
      </ErrorBoundary>
    </AskContext.Provider>
  );
}

function isAbout<About extends Question['about']>(
  question: Question,
  about: readonly About[],
): question is QuestionAbout<About> {
  return about.some((one) => one === question.about);
}

export function useAsk(): (question: Question) => void {
  const ask = useContext(AskContext);
  if (ask === undefined) throw new Error('useAsk is called outside of Dialogs');
  return ask;
}
