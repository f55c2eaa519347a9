import { prepareWorker } from './prepare-worker.ts';

const worker = await prepareWorker({ log: (line) => console.error(line) });

if (worker.ok) {
  console.log(worker.bin);
} else {
  console.error(`${worker.reason}\nVoice stays off until this has been run:\n\n  ${worker.mend}\n`);
  process.exitCode = 1;
}
