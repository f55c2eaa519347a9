import { PING_INTERVAL_MS } from '@harmonium/rooms/limits';

setInterval(() => postMessage(undefined), PING_INTERVAL_MS);
