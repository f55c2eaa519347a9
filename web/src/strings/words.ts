import { flatten, translator } from '@solid-primitives/i18n';
import type { BaseDict } from '@solid-primitives/i18n';

/** Makes `t` of a part of the catalogue; a part for a screen that loads when needed loads with it. */
export function words<Dict extends BaseDict>(dict: Dict) {
  const flat = flatten(dict);
  return translator(() => flat);
}
