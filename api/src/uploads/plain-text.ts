/** Endings and beginnings of what a browser would run or draw, were it not told that it is text. */
const MARKUP_NAME = /\.(x?html?|shtml|xht|svgz?|xml|xsl|xslt|mht|mhtml|htc)$/i;
const MARKUP = /^\s*<(!|\?|[a-z])|<(html|head|body|script|svg|iframe|style|math)[\s/>]/i;
const SEARCHED_FOR_MARKUP = 4096;
/** Control characters but those that set text, and the one that colours logs. */
const NO_TEXT = /(?![\t\n\f\r])\p{Cc}/u;
const ESCAPE = String.fromCharCode(0x1b);

/** True for text in UTF-8 that is no page, drawing or document of markup, by name or beginning. */
export async function isPlainText(
  name: string,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<boolean> {
  if (MARKUP_NAME.test(name)) {
    await body.cancel();
    return false;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let start = '';
  for await (const chunk of body) {
    const text = decoded(decoder, chunk);
    if (text === undefined || NO_TEXT.test(text.replaceAll(ESCAPE, ''))) return false;
    if (start.length < SEARCHED_FOR_MARKUP) start += text.slice(0, SEARCHED_FOR_MARKUP);
  }
  return decoded(decoder) !== undefined && !MARKUP.test(start);
}

/** Undefined: this is no UTF-8. Without a chunk the end is. */
function decoded(decoder: TextDecoder, chunk?: Uint8Array<ArrayBuffer>): string | undefined {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    return undefined;
  }
}
