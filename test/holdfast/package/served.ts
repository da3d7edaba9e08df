import { freshKey } from '../support/client.ts';
import { type Running, run } from '../support/process.ts';
import { inFolder, TERMINAL } from './project.ts';

/** `npm run …` in a project. */
export const script = (root: string, ...args: string[]) => inFolder(root, 'npm', 'run', '--silent', ...args);

/** A project that is served. */
export interface Served extends AsyncDisposable {
  post(path: string, body: object, headers?: Record<string, string>): Promise<Response>;
  get(path: string): Promise<Response>;
}

/** `npm start` in a project, and a person of its local issuer who may do everything. */
export async function serve(root: string): Promise<Served> {
  const child: Running = run('npm', ['start'], {
    cwd: root,
    env: { ...TERMINAL, PORT: '0' },
    detached: true,
  });
  const [, url] = await child.line(/^ready (\S+)$/);
  const [, token] = await child.line(/^TOKEN=(\S+)$/);
  const authorization = { Authorization: `Bearer ${token}` };
  return {
    get: (path) => fetch(url + path, { headers: authorization }),
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: {
          ...authorization,
          'Content-Type': 'application/json',
          'Idempotency-Key': freshKey(),
          ...headers,
        },
        body: JSON.stringify(body),
      }),
    async [Symbol.asyncDispose]() {
      await child.end('SIGINT');
    },
  };
}
