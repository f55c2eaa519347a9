import { createLowlight } from 'lowlight';
import { loadLanguage } from './languages.ts';

/** Words of one kind; undefined: nothing special. */
export interface Piece {
  text: string;
  scope: string | undefined;
}

type Root = ReturnType<ReturnType<typeof createLowlight>['highlight']>;
type Child = Root['children'][number];

const highlighter = createLowlight();

/** Code in pieces by what they are. The text is what it was: nothing is taken out or put in. */
export async function highlight(language: string, code: string): Promise<Piece[]> {
  if (!highlighter.registered(language)) {
    const module = await loadLanguage(language);
    if (module === undefined) return [{ text: code, scope: undefined }];
    highlighter.register(language, module.default);
  }
  const pieces: Piece[] = [];
  collect(highlighter.highlight(language, code).children, undefined, pieces);
  return pieces;
}

function collect(children: readonly Child[], scope: string | undefined, out: Piece[]): void {
  for (const child of children) {
    if (child.type === 'text') out.push({ text: child.value, scope });
    else if (child.type === 'element') collect(child.children, scopeOf(child) ?? scope, out);
  }
}

/** `hljs-title function_` is a `title`. */
function scopeOf(element: Extract<Child, { type: 'element' }>): string | undefined {
  const names = element.properties['className'];
  const name = Array.isArray(names) ? names[0] : undefined;
  return typeof name === 'string' ? name.replace(/^hljs-/, '') : undefined;
}
