import examples from '../../../examples.ts';
import { markdownTable } from '../../bench/markdown-table.ts';
import type { KnownFailure } from '../suite.ts';

/** What SAM's gateway does otherwise than API Gateway. */
interface Difference {
  readonly because: string;
  /** Contract tests that fail by it. */
  readonly tests: readonly string[];
  /** What their failures show. */
  readonly shows: RegExp;
}

/** Of SAM CLI 1.170, which `requirements.txt` pins. */
export const differences: readonly Difference[] = [
  {
    because: 'no bearer token, or one of no form, is 401 `{"message":"Unauthorized"}` without a challenge',
    shows: /"message": "Unauthorized"|^\+ +undefined,$/m,
    tests: [
      'the gateway itself answers no token with 401 and a challenge',
      'the gateway itself answers a token of no form with 401 and a challenge',
      'the gateway itself answers no bearer token with 401 and a challenge',
      ...Object.keys(examples).map(
        (name) =>
          `${name} ${name} is refused for its token before its scope, and for its scope before its media type`,
      ),
    ],
  },
  {
    because: 'a token that the authorizer refuses is 502 `{"message":"Internal server error"}`',
    shows: /"message": "Internal server error"|Received: undefined/,
    tests: [
      'the gateway itself answers an unsigned token with 401 and a challenge',
      'a token whose signature was changed does not act',
    ],
  },
  {
    because:
      'an unknown path or method is 403 `{"message":"Missing Authentication Token"}`; HEAD where GET is known is 502',
    shows: /Expected: 404\s+Received: 403/,
    tests: [
      'the gateway itself answers an unknown path with 404, with a token or without',
      'the gateway itself answers an unknown method with 404, with a token or without',
      'the gateway itself answers a PATCH, which there is none of with 404, with a token or without',
      'the gateway itself answers an unknown action with 404, with a token or without',
    ],
  },
  {
    because:
      'a preflight is 200 without `Access-Control-Allow-Headers`, so no page of another origin can write',
    shows: /Expected: 204\s+Received: 200/,
    tests: ['the gateway itself answers a preflight with the headers that the contract needs'],
  },
  {
    because: '`/health`, which no function answers, is 502',
    shows: /"message": "Internal server error"|^\+ +502,$|service\.health 502/m,
    tests: ['the gateway itself tells of its health to anyone', 'the document knows what differs from it'],
  },
  {
    because: 'a body that is not UTF-8 is 502',
    shows: /"message": "Internal server error"/,
    tests: [
      'a body that is not strict JSON is a 400 that names the fault invalid UTF-8',
      'a body that is not strict JSON is a 400 that names the fault an overlong encoding',
    ],
  },
  {
    because: 'a body over 10 MB is 502',
    shows: /"message": "Internal server error"/,
    tests: ['the gateway itself answers a body over 10 MB with a problem'],
  },
  {
    because: 'a path whose percent-encoding is broken reaches the function, which finds no such payout',
    shows: /"code": "not-found"/,
    tests: ['the gateway itself answers a malformed path with a problem'],
  },
  {
    because: 'one request id stands for all requests, and no `x-amzn-RequestId` is sent',
    shows: /Expected: "urn:holdfast:request:null"/,
    tests: ['every answer names its request: a problem by the id that the gateway gave it'],
  },
  {
    because:
      'every answer has `Server` and `Access-Control-Allow-Methods` besides the headers of the document',
    shows: /header (server|access-control-allow-methods) is not in the document/,
    // The suite is told of them, since every answer would fail by them.
    tests: [],
  },
];

/** Headers that every answer has besides those of the document. */
export const addedHeaders: readonly string[] = ['server', 'access-control-allow-methods'];

/** Each of the tests, and how it fails. */
export const knownFailures: readonly KnownFailure[] = differences.flatMap(({ tests, shows }) =>
  tests.map((name) => ({ name, shows })),
);

/** Each of them as a row of docs/sam.md. */
export const differenceTable = (): string =>
  markdownTable([
    ['SAM answers', 'contract tests that fail because of it'],
    ...differences.map(({ because, tests }) => [because, String(tests.length)]),
  ]);
