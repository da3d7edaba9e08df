import { idParameter } from '../core/definitions/routes.ts';
import { keepsNote, named, type Transition } from './files/action-file.ts';
import { oneOf } from './files/names.ts';
import type { NewResource } from './files/resource-files.ts';

const token = (name: string) => `  TOKEN=$(npm run --silent token -- --scopes "${name}:* operations:*")`;

const post = (path: string, key: string, body: string, ...headers: string[]) => {
  const all = [
    'Authorization: Bearer $TOKEN',
    'Content-Type: application/json',
    `Idempotency-Key: ${key}`,
    ...headers,
  ];
  return [
    `  curl -i "localhost:3000${path}" \\`,
    `    ${all.map((header) => `-H "${header}"`).join(' ')} \\`,
    `    -d '${body}'`,
  ];
};

/** What a person types to try an action on a resource that exists. */
export function tryTransition(transition: Transition, path: string): readonly string[] {
  const { resource, name, from, to } = transition;
  const id = idParameter(resource);
  const body = [
    ...(keepsNote(resource) ? ['"note":"as agreed"'] : []),
    ...named(transition).map(([member, { idPrefix }]) => `"${member}":"${idPrefix}_…"`),
  ];
  return [
    `POST ${path}  ${from.join(', ')} → ${to}  scope ${resource.name}:${name}`,
    '',
    `try it, while npm start runs, on ${oneOf(resource.singular)} that is ${from.join(' or ')}:`,
    token(resource.name),
    ...post(path.replace(`{${id}}`, `$ID`), `${name}-1`, `{${body.join(',')}}`, 'If-Match: $ETAG'),
  ];
}

/** What a person types to make a resource. */
export const tryCreate = (
  { name, singular, states: [first = ''] }: NewResource,
  body: string,
): readonly string[] => [
  `POST /${name}  → ${first}  scope ${name}:create`,
  `GET /${name}, GET /${name}/{id} and its history  scope ${name}:read`,
  '',
  `make one, while npm start runs:`,
  token(name),
  ...post(`/${name}`, `${singular}-1`, body),
  '',
  'add what happens to it:',
  `  npm run new -- action ${name} NAME --from ${first} --to STATE`,
];
