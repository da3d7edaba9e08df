import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  HEADER_NAMES,
  HEADER_VALUES,
  LITERALS,
  PATH_PARTS,
  QUERY_NAMES,
  QUERY_VALUES,
  SEGMENTS,
  TARGETS,
} from './hostile-text.ts';
import { type Framing, KNOWN_METHODS, type RawRequest } from './raw-http.ts';

/** What becomes of a request on its way. */
export type Mutation = (request: RawRequest) => RawRequest;

const from = <const T>(...values: readonly T[]) => fc.constantFrom<T>(...values);
const bytes = (...values: number[]) => Buffer.from(values);

/** Bodies at the border of 256 KB, of 64 KB for callbacks, and beyond what a gateway takes. */
const SIZES = [65_536, 65_537, 262_143, 262_144, 262_145, 300_000];
/** One request of so many bytes costs as much as a thousand others. */
const GATEWAY_LIMIT = 10 * 1024 * 1024 + 1;

const splice = (text: string, at: number, removed: number, inserted: string) => {
  const index = at % (text.length + 1);
  return text.slice(0, index) + inserted + text.slice(index + removed);
};

const spliceBytes = (body: Buffer, at: number, removed: number, inserted: Buffer) => {
  const index = at % (body.length + 1);
  return Buffer.concat([body.subarray(0, index), inserted, body.subarray(index + removed)]);
};

const body =
  (change: (body: Buffer) => Buffer): Mutation =>
  (request) => ({
    ...request,
    body: change(request.body),
    framing: request.framing === 'none' ? 'length' : request.framing,
  });

const header =
  (name: string, value: string, how: 'set' | 'add' | 'remove'): Mutation =>
  (request) => ({
    ...request,
    headers: [
      ...(how === 'add'
        ? request.headers
        : request.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase())),
      ...(how === 'remove' ? [] : [[name, value] as const]),
    ],
  });

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const position = fc.nat({ max: 4_096 });

const inTarget = fc.tuple(position, from(0, 0, 1, 3), from(...PATH_PARTS)).map(
  ([at, removed, part]): Mutation =>
    (request) => ({
      ...request,
      target: `/${splice(request.target.slice(1), at, removed, part)}`,
    }),
);

const segment = fc.tuple(position, from(...SEGMENTS)).map(
  ([at, value]): Mutation =>
    (request) => {
      const [first = '', ...segments] = request.target.split('/');
      if (segments.length === 0) return request;
      return { ...request, target: [first, ...segments.with(at % segments.length, value)].join('/') };
    },
);

const target = from(...TARGETS).map(
  (value): Mutation =>
    (request) => ({ ...request, target: value }),
);

const query = fc
  .array(fc.tuple(from(...QUERY_NAMES), from('=', '=', '=', ''), from(...QUERY_VALUES)), {
    minLength: 1,
    maxLength: 4,
  })
  .map(
    (pairs): Mutation =>
      (request) => ({
        ...request,
        target: `${request.target}?${pairs.map((pair) => pair.join('')).join('&')}`,
      }),
  );

const anyHeader = fc
  .tuple(from(...HEADER_NAMES), from(...HEADER_VALUES), from('set', 'set', 'set', 'add', 'remove'))
  .map(([name, value, how]) => header(name, value, how));

const writtenHeader = fc.tuple(position, from('lower', 'upper', 'space', 'twice', 'gone')).map(
  ([at, how]): Mutation =>
    (request) => {
      const index = at % request.headers.length;
      const [name, value] = request.headers[index] ?? (['', ''] as const);
      if (how === 'gone') return { ...request, headers: request.headers.toSpliced(index, 1) };
      if (how === 'twice') return { ...request, headers: [...request.headers, [name.toUpperCase(), value]] };
      const written = { lower: name.toLowerCase(), upper: name.toUpperCase(), space: `${name} ` }[how];
      return { ...request, headers: request.headers.with(index, [written, value]) };
    },
);

const headerBytes = fc.tuple(position, position, fc.nat({ max: 255 })).map(
  ([at, where, byte]): Mutation =>
    (request) => {
      const index = at % request.headers.length;
      const [name, value] = request.headers[index] ?? (['', ''] as const);
      return {
        ...request,
        headers: request.headers.with(index, [name, splice(value, where, 1, String.fromCharCode(byte))]),
      };
    },
);

const method = from(...KNOWN_METHODS, 'CONNECT', 'PRI', 'get', 'FOO', '', 'POST\t', 'G\x80T').map(
  (value): Mutation =>
    (request) => ({ ...request, method: value }),
);

const protocol = from('HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/9.9', 'HTTP', '', 'http/1.1').map(
  (value): Mutation =>
    (request) => ({ ...request, protocol: value }),
);

const framing = from<Framing>(
  'chunked',
  'chunked',
  'bad-chunks',
  'none',
  'too-long',
  'too-short',
  'both',
).map(
  (value): Mutation =>
    (request) => ({ ...request, framing: value }),
);

const flipped = fc
  .array(fc.tuple(position, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 })
  .map((flips) =>
    body((old) => {
      const changed = Buffer.from(old);
      for (const [at, mask] of flips)
        if (changed.length > 0) changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ mask;
      return changed;
    }),
  );

const spliced = fc
  .tuple(
    position,
    from(0, 0, 1, 2, 9),
    from(
      bytes(0),
      bytes(0xff),
      bytes(0xc0, 0xaf),
      bytes(0xed, 0xa0, 0x80),
      bytes(0xef, 0xbb, 0xbf),
      bytes(0xf4, 0x90, 0x80, 0x80),
      latin1('{'),
      latin1('}'),
      latin1('"'),
      latin1('\\'),
      latin1(','),
      latin1('\n'),
      latin1(''),
    ),
  )
  .map(([at, removed, inserted]) => body((old) => spliceBytes(old, at, removed, inserted)));

const cut = position.map((at) => body((old) => old.subarray(0, at % (old.length + 1))));

const doubled = fc
  .tuple(position, position)
  .map(([at, length]) =>
    body((old) => spliceBytes(old, at, 0, old.subarray(at % (old.length + 1)).subarray(0, length))),
  );

const literal = fc.tuple(position, from(...LITERALS)).map(([at, value]) =>
  body((old) => {
    const values = [...old.toString('latin1').matchAll(/"(?:[^"\\]|\\.)*"(?!\s*:)|\d+/g)];
    const chosen = values[at % Math.max(1, values.length)];
    return chosen === undefined
      ? latin1(value)
      : spliceBytes(old, chosen.index, chosen[0].length, latin1(value));
  }),
);

const member = fc
  .tuple(
    from(
      '"x"',
      '"__proto__"',
      '"constructor"',
      '"id"',
      '"state"',
      '"version"',
      '"note"',
      '"amount"',
      '"reference"',
      '"\\u006eote"',
      '""',
      '"\\ud800"',
      'x',
    ),
    from(...LITERALS),
  )
  .map(([name, value]) =>
    body((old) =>
      latin1(old.toString('latin1').replace(/\{/, `{${name}:${value}${old.length > 2 ? ',' : ''}`)),
    ),
  );

const whole = from(...LITERALS).map((value) => body(() => latin1(value)));

const sized = from(...SIZES).map((size) => body(() => latin1(`{"x":"${'x'.repeat(size - 8)}"}`)));

const huge = fc.constant(body(() => Buffer.alloc(GATEWAY_LIMIT, 'x')));

const gzipped = from('gzip', 'br', 'identity').map(
  (encoding): Mutation =>
    (request) =>
      header('Content-Encoding', encoding, 'set')(body(gzipSync)(request)),
);

const weighted = (...all: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<Mutation>])[]) =>
  fc.oneof(...all.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** One thing that goes wrong with a request, at the level of its bytes. */
const mutation = weighted(
  [12, inTarget],
  [8, segment],
  [3, target],
  [10, query],
  [24, anyHeader],
  [8, writtenHeader],
  [8, headerBytes],
  [4, method],
  [1, protocol],
  [2, framing],
  [8, flipped],
  [8, spliced],
  [5, cut],
  [4, doubled],
  [10, literal],
  [6, member],
  [6, whole],
  [2, sized],
  [3, gzipped],
);

/** A request to be made: which route, of which version's document, on what, and what goes wrong with it. */
export interface Plan {
  /** A position in the list of all routes, modulo its length. */
  readonly route: number;
  readonly at: number;
  readonly mutations: readonly Mutation[];
}

/** The plans of a seed: the same seed, the same plans. */
export const plans = (seed: number, count: number): readonly Plan[] =>
  fc.sample(
    fc.record({
      route: fc.nat({ max: 10_000 }),
      at: fc.nat({ max: 10_000 }),
      mutations: fc.oneof(
        { weight: 1_000, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 3 }) },
        { weight: 60, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: huge.map((each) => [each]) },
      ),
    }),
    { seed, numRuns: count },
  );
