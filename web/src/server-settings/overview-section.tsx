import { useServer } from './server-context.tsx';

/** Name, picture and theme of the server. */
export function OverviewSection() {
  const state = useServer();
  return <p>{state().structure.server.name}</p>;
}
