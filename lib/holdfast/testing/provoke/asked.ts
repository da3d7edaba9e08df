import { type Sending, wireOf } from '../scene/request.ts';
import type { Sent } from '../scene/requested.ts';

/** A request that is sent, or shown, or both. */
export interface Asked {
  readonly method: 'GET' | 'POST';
  /** Below the service's URL. */
  readonly path: string;
  readonly sent: Sent;
}

/** A body longer than this is made where it is sent: a shell takes no argument of more than 128 KB. */
const LONG = 4_000;

/** What a reader has in a variable. */
const VARIABLE = /\$(?:API|ETAG|ID|KEY|OPERATION|TOKEN)\b/;

/** What has a meaning within double quotes, but for those variables. */
const SPECIAL = /["\\`]|\$(?!(?:API|ETAG|ID|KEY|OPERATION|TOKEN)\b)/g;

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** In quotes for a shell, which puts our variables in and leaves the rest as it is. */
const filled = (text: string): string =>
  VARIABLE.test(text) ? `"${text.replaceAll(SPECIAL, '\\$&')}"` : quoted(text);

/** A request as a command for a shell, in which `$TOKEN` holds the token of whoever it is from. */
export function curlOf({ method, path, sent: { from: _, ...sent } }: Asked, url: string): string {
  const sending: Sending = { ...('token' in sent ? {} : { token: '$TOKEN' }), ...sent, method };
  const { headers, body } = wireOf(sending);
  const text = String(body ?? '');
  const [first = ''] = text;
  const isLong = text.length > LONG;
  const made = isLong ? `head -c ${text.length} /dev/zero | tr '\\0' ${quoted(first)} | ` : '';
  const lines = [
    `${made}curl -i -X ${method} ${filled(url + path)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${filled(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [isLong ? '--data-binary @-' : `--data-raw ${quoted(text)}`]),
  ];
  return lines.join(' \\\n  ');
}
