import { buildPage } from './build.ts';

console.log(await buildPage(console.log));
