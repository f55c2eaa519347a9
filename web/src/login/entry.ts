import { useNavigate, useSearchParams } from '@solidjs/router';
import { createEffect } from 'solid-js';
import { fieldProblem, formProblem } from '../problems.ts';
import { useApi, useSession } from '../session-context.tsx';
import { createSubmission } from '../submission.ts';
import { innerPath } from './inner-path.ts';

/** One form at the door: sends it once, says what stopped it, and goes where the person was going. */
export function createEntry() {
  const session = useSession();
  const call = useApi();
  const navigate = useNavigate();
  const [query] = useSearchParams<{ invite?: string; owner?: string; next?: string }>();
  const { busy, problem, run, clear } = createSubmission();

  let isOnTheWay = false;

  /** Whoever is logged in already has no business here. */
  createEffect(() => {
    if (session.state().status !== 'in' || busy() || isOnTheWay) return;
    navigate(query.invite === undefined ? innerPath(query.next) : `/invite/${query.invite}`, {
      replace: true,
    });
  });

  async function enter(send: () => Promise<void>): Promise<void> {
    await run(async () => {
      await send();
      const next = await destination();
      // The page beyond may take a moment to load, and this one is still here meanwhile.
      isOnTheWay = true;
      navigate(next, { replace: true });
    });
  }

  async function destination(): Promise<string> {
    // The first thing to do for whoever just became its owner.
    if (session.user()?.instanceOwner === true && query.owner !== undefined) {
      return '/settings/instance';
    }
    if (query.invite === undefined) return innerPath(query.next);
    try {
      const server = await call('POST /api/invites/:code', { params: { code: query.invite } });
      return `/servers/${server.id}`;
    } catch {
      // Its own page says why, and offers to try again.
      return `/invite/${query.invite}`;
    }
  }

  return {
    query,
    busy,
    enter,
    problem,
    /** What was refused is no matter any more. */
    clear,
    /** A sentence for the form as a whole. */
    sentence: () => formProblem(problem()),
    fieldProblem: (field: 'username' | 'email' | 'password') => fieldProblem(problem(), field),
    /** The same errand on the other page of the door. */
    elsewhere(page: '/login' | '/register'): string {
      const kept = new URLSearchParams();
      if (query.invite !== undefined) kept.set('invite', query.invite);
      if (query.owner !== undefined) kept.set('owner', query.owner);
      if (query.next !== undefined) kept.set('next', query.next);
      return kept.size === 0 ? page : `${page}?${kept}`;
    },
  };
}
