import { Navigate } from '@solidjs/router';

/** To the door, with the way back. */
export function SignedOut() {
  return (
    <Navigate
      href={({ location }) => {
        const here = location.pathname + location.search;
        return here === '/' ? '/login' : `/login?next=${encodeURIComponent(here)}`;
      }}
    />
  );
}
