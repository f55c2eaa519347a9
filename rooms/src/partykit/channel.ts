import { partyServer } from './party-server.ts';

export default partyServer('main');
