import { mediaSuite } from './media.suite.ts';
import { FakeWorker } from './testing/fake-media.ts';

mediaSuite('the fake media', async () => new FakeWorker());
