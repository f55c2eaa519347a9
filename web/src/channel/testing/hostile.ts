const MARKS = '\u0300\u0317\u0489\u0336\u035c\u0311';
const many = (count: number, part: string): string =>
  part.repeat(Math.ceil(count / part.length)).slice(0, count);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

/**
 * Messages written to run something, to break what is around them, or to hang who reads them. Each is
 * as long as a message may be, or longer.
 */
export const HOSTILE = {
  'a script': '<script>window.ran = 1</script>',
  'an image that fails': '<img src=x onerror="window.ran = 1"><svg onload="window.ran = 1">',
  'a frame':
    '<iframe srcdoc="<script>parent.ran=1</script>"></iframe><base href="https://evil.test">',
  'a style': '<style>*{display:none}</style><link rel=stylesheet href=https://evil.test/x.css>',
  'a link that runs': '[click](javascript:window.ran=1) [me](JaVaScRiPt:window.ran=1)',
  'a link with a page in it': '[a](data:text/html,<script>window.ran=1</script>) [b](vbscript:x)',
  'a link with breaks in its scheme':
    '[a](java\nscript:window.ran=1) [b](&#106;avascript:window.ran=1)',
  'a quote that leaves its attribute':
    '[a](https://evil.test/"onmouseover="window.ran=1) https://evil.test/"><script>window.ran=1</script>',
  'an image in markup': '![x](https://evil.test/track.png) ![y](javascript:window.ran=1)',
  'a link that lies': '[https://bank.test](https://evil.test) [bank․test](https://evil.test/)',
  'a link with somebody before its host':
    'https://bank.test@evil.test/ [x](https://bank.test:80@evil.test)',
  'a template': '{{constructor.constructor("window.ran=1")()}} ${window.ran=1}',
  'a prototype': '```__proto__\nx\n``` ```constructor\ny\n``` <a:__proto__:1> <:constructor:2>',
  'words turned round':
    'before \u202egnp.exe\u202d and \u2067turned\u2069 after \u202e\u202e\u202e',
  'turned round in everything':
    '**\u202ebold** `\u202ecode` ||\u202espoiler|| [\u202elink](https://evil.test/\u202e) # \u202e',
  'turned round and never ended': `${many(1000, '\u202e\u2066')}end`,
  'marks on one letter': `a${many(4000, MARKS)}`,
  'marks on every letter': Array.from({ length: 130 }, () => `Z${many(30, MARKS)}`).join(''),
  'marks upwards and downwards': `${many(500, 'ด้้้้้้้้็็็็็้้้้้')} ${many(500, 'ส็็็็็')}`,
  'a word without end': many(4000, 'W'),
  'a word of letters that join': many(4000, 'ﷺ'),
  'an address without end': `https://evil.test/${many(2000, 'a')}`,
  'code without end': `\`${many(3990, 'c')}\``,
  'a fence without end': `\`\`\`js\n${many(3980, 'x')}\n\`\`\``,
  'a fence of many lines': `\`\`\`\n${lines(1300, () => 'x')}\n\`\`\``,
  'ten thousand lines': many(10_000, '\n'),
  'ten thousand lines of something': lines(5000, () => '.'),
  'a thousand quotes in each other': `${many(2000, '> ')}deep`,
  'a thousand quotes without spaces': `${many(1000, '>')} deep`,
  'quotes for ever': lines(1000, () => '>>> x'),
  'lists in lists': lines(80, (index) => `${' '.repeat(index * 2)}- deeper`),
  'a list that begins far out': `${many(3000, ' ')}- far\n999999999. nines`,
  'a giant table': lines(60, () => `|${many(60, ' a |')}`),
  'giant headings': lines(60, () => '# HUGE'),
  'a heading of marks': `# ${many(3000, `W${MARKS}`)}`,
  asterisks: many(4000, '*'),
  'asterisks and letters': many(4000, '*a'),
  'asterisks that open': many(4000, '**a '),
  'every sign in turn': many(4000, '*_~~||`[(<@#'),
  underscores: many(4000, '_a_'),
  'brackets that open': many(4000, '['),
  'brackets in brackets': `${many(1990, '[')}${many(1990, ']')}(https://evil.test)`,
  'links that do not end': many(4000, '[a]('),
  'links in links': many(4000, '[a](https://e.test/'),
  parentheses: `https://evil.test/${many(1900, '(')}${many(1900, ')')}`,
  'ticks of every length': Array.from({ length: 88 }, (_, index) => '`'.repeat(index)).join(' '),
  'ticks that do not end': many(4000, '` '),
  'fences that do not end': many(4000, '```\n'),
  angles: many(4000, '<'),
  'angles with addresses': many(4000, '<https://'),
  backslashes: many(4000, '\\'),
  spaces: `a${many(3990, ' ')}a`,
  addresses: many(4000, 'http://a.b/ '),
  'one spoiler in another': many(4000, '||a '),
  'no character': 'a\u0000b\u0008c\u001b[31m\u007f',
  'half a character': 'a\ud800b\udc00c \ud83d',
  'nothing that can be seen': many(300, '\u200b\u2060\ufeff\u00ad'),
  'somebody who is not there':
    '<@999999999999999999> <@&1> <#0> @everyone @here <@!18446744073709551616>',
  'names of everyone': many(4000, '@everyone '),
  'moments out of time': '<t:9999999999999:F> <t:-9999999999999:R> <t:0:R> <t:8640000000000:F>',
  'emoji without end': many(4000, '😀'),
  'a family of many': '👨‍👩‍👧‍👦'.repeat(360),
  'flags of nobody': many(4000, '🇦🇦🏴'),
  joiners: `👩${many(3000, '\u200d')}👩`,
  'a link to a private place': 'http://127.0.0.1/ http://[::1]/ http://169.254.169.254/latest',
  'foreign letters': 'https://аpple.com/ https://xn--80ak6aa92e.com/ http://ex\u200bample.com/',
} satisfies Record<string, string>;
