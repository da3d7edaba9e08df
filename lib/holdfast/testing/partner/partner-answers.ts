import { type Answers, wordsOf } from '../../core/partners/answers.ts';
import type { Outcome } from '../../core/partners/outcome.ts';
import { bodySaying, put } from '../../local/partners/said.ts';
import { answer, type Respond } from './scripted-partner.ts';

/** What the partner is told, what it says, and what must never be in a log. */
export const MARK = 'DE89370400440532013000';

/** What an answer may come to. */
export type Expected = Outcome['kind'];

/** An answer, and what it may come to. */
export interface Case {
  readonly name: string;
  readonly respond: Respond;
  readonly expected: readonly Expected[];
}

/** What each word means, in answers that may say it. */
export function vocabulary(answers: Answers, mode: 'send' | 'query'): Case[] {
  const { succeeded, pending = [], notFound = [], unavailable = [], rejects = {}, http = {} } = answers;
  const done = Array.isArray(succeeded) ? succeeded : Object.keys(succeeded);
  const means = (words: readonly string[], kind: Expected) =>
    words.flatMap((word) =>
      [200, ...Object.keys(http).map(Number)].map((status) => ({
        name: `${status} '${word}'`,
        respond: answer(status, bodySaying(word, answers.at, 'r', { note: MARK })),
        expected: [kind],
      })),
    );
  const deep = `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`;
  const said = JSON.stringify(bodySaying(done[0] ?? '', answers.at, 'r')).slice(0, -1);
  const big = '98765432109876543210';
  return [
    ...means(done, 'succeeded'),
    ...means(pending, 'pending'),
    ...means(notFound, mode === 'query' ? 'not-found' : 'unknown'),
    ...means(unavailable, 'unavailable'),
    ...means(Object.keys(rejects), 'rejected'),
    { name: 'depth 60', respond: answer(200, `${said},"x":${deep}}`), expected: ['succeeded'] },
    { name: 'a huge number', respond: answer(200, `${said},"x":${big},"y":1e400}`), expected: ['succeeded'] },
  ];
}

const STATUSES = [
  200, 201, 204, 206, 400, 401, 403, 404, 408, 409, 410, 418, 422, 425, 429, 500, 502, 503, 504,
];

/** What no adapter declares. */
export function undeclared(answers: Answers): Case[] {
  const { at, succeeded, rejects = {}, http = {} } = answers;
  const [done = ''] = Array.isArray(succeeded) ? succeeded : Object.keys(succeeded);
  const listed = wordsOf(answers);
  const near = listed.flatMap((word) => [
    word.toLowerCase(),
    word.toUpperCase(),
    `${word} `,
    `${word}.`,
    `x${word}`,
  ]);
  const foreign = [
    'PROCESSING',
    'ACCEPTED',
    'SETTLED',
    'ERROR',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    '',
    MARK,
  ];
  const unknownWords = [...near, ...foreign].filter((word) => !listed.includes(word));
  const success = JSON.stringify(bodySaying(done, at, 'r'));
  const refusal = JSON.stringify(bodySaying(Object.keys(rejects)[0] ?? done, at, 'r'));
  const [first = ''] = at;
  const wrapped = [[done], { word: done }].map((value) => {
    const body = {};
    put(body, first, value);
    return body;
  });
  const html = `<html><body>${done} ${success} ${MARK}</body></html>`;
  const never = (name: string, respond: Respond): Case => ({ name, respond, expected: ['unknown'] });
  const bare = (status: number, name: string, respond: Respond): Case => {
    const meant = http[status];
    return {
      name: `${status} ${name}`,
      respond,
      expected: [meant === undefined || meant === 'words' ? 'unknown' : meant],
    };
  };
  const twice = `${refusal.slice(0, -1)},${success.slice(1)}`;
  return [
    ...unknownWords.map((word) =>
      never(`the word '${word}'`, answer(200, bodySaying(word, [first], 'r', {}))),
    ),
    ...wrapped.map((body) => never(JSON.stringify(body), answer(200, body))),
    ...STATUSES.flatMap((status) => [
      bare(status, 'without a body', (response) => void response.writeHead(status).end()),
      ...(status === 204
        ? []
        : [
            bare(status, '{}', answer(status, {})),
            bare(status, '[]', answer(status, [])),
            bare(status, 'null', answer(status, null)),
            bare(status, 'HTML', answer(status, html, { 'Content-Type': 'text/html' })),
            bare(status, 'a bare string', answer(status, JSON.stringify(done))),
            never(`${status} with an unknown word`, answer(status, bodySaying('PROCESSING', [first], 'r'))),
          ]),
    ]),
    ...STATUSES.filter((status) => status >= 300 && http[status] === undefined).flatMap((status) => [
      never(`${status} with a word of success`, answer(status, success)),
      never(`${status} with a word of refusal`, answer(status, refusal)),
    ]),
    ...[300, 301, 302, 303, 307, 308].map((status) =>
      never(`redirect ${status}`, (response, request) => {
        const gone = request.url === '/elsewhere';
        answer(gone ? 200 : status, success, { Location: '/elsewhere' })(response, request);
      }),
    ),
    never('HTML that says it is JSON', answer(200, html)),
    never('success as text', answer(200, success, { 'Content-Type': 'text/plain' })),
    never('success without a media type', (response) => void response.end(success)),
    never(
      'success in another charset',
      answer(200, success, { 'Content-Type': 'application/json; charset=utf-16' }),
    ),
    never('success that is encoded', answer(200, success, { 'Content-Encoding': 'br' })),
    never('two words under one name', answer(200, twice)),
    never('success in an array', answer(200, `[${success}]`)),
    never('half of it', answer(200, success.slice(0, -1))),
    never('over 64 KB', answer(200, `${success.slice(0, -1)},"x":"${'x'.repeat(66_000)}"}`)),
    never(
      'bytes that are no UTF-8',
      (response) =>
        void response
          .writeHead(200, { 'Content-Type': 'application/json' })
          .end(Buffer.concat([Buffer.from(success.slice(0, -1)), Buffer.from(',"x":"\xff"}', 'latin1')])),
    ),
    never('dropped answer', (response) => void response.destroy()),
    never('answer that breaks off', (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
      response.write(success, () => response.destroy());
    }),
    never('no HTTP', (response) => void response.socket?.end('220 mail.example.com ESMTP\r\n')),
  ];
}
