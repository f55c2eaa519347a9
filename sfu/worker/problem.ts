/** Why there is no voice worker, for people, and the command that mends it. */
export interface Problem {
  reason: string;
  mend: string;
}

/** Runs from the project's root. `npx node` is the pinned Node also where an older one is installed. */
export const MAKE_READY = 'npx node sfu/worker/main.ts';

/** mediasoup's own way, for a machine that reaches the internet. */
export const INSTALL_FROM_MEDIASOUP = 'npm explore mediasoup -- node npm-scripts.mjs postinstall';
