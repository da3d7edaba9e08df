import { execFile } from 'node:child_process';

/** Runs the docker CLI, and gives what it prints. Rejects with a {@link DockerError}. */
export type Docker = (...args: readonly string[]) => Promise<string>;

/** A docker command that failed: the message is the last line of its complaint. */
export class DockerError extends Error {
  /** Its exit code, or Node's name for why it did not start. */
  readonly code: number | string | undefined;
  /** What it printed before. */
  readonly printed: string;

  constructor(message: string, code: number | string | undefined, printed: string) {
    super(message);
    this.code = code;
    this.printed = printed;
  }
}

/** The docker CLI of this environment's `PATH`, which speaks to the engine that the environment or its context names. */
export const dockerIn =
  (environment: NodeJS.ProcessEnv): Docker =>
  (...args) =>
    new Promise((resolve, reject) => {
      execFile('docker', args, { env: environment }, (error, stdout, stderr) => {
        if (error === null) return resolve(stdout.trim());
        const complaint = stderr.trim().split('\n').at(-1) || error.message;
        reject(new DockerError(complaint, error.code ?? undefined, stdout.trim()));
      });
    });

/**
 * An engine answers, and lets this user in.
 * @throws Error with what it says and what to do
 */
export async function requireEngine(docker: Docker): Promise<void> {
  const instead = 'or use npm start, which needs none';
  try {
    // Without a format, since the CLI of some versions then ends with 0 whether an engine answers or not.
    await docker('info');
  } catch (error) {
    if (!(error instanceof DockerError)) throw error;
    if (error.code === 'ENOENT') {
      throw new Error(`docker is not on the PATH; install Docker, ${instead}`, { cause: error });
    }
    const remedy = /permission denied/i.test(error.message)
      ? 'let this user use Docker (on Linux: sudo usermod -aG docker $USER, then sign in again)'
      : 'start it';
    throw new Error(`the Docker engine does not answer: ${error.message}; ${remedy}, ${instead}`, {
      cause: error,
    });
  }
}

/**
 * The image is on this machine, pulled if need be.
 * @param pull whether it may be pulled
 * @param print one line for a person
 * @throws Error when it is not there, and cannot be pulled or may not
 */
export async function requireImage(
  docker: Docker,
  { image, pull, print }: { image: string; pull: boolean; print: (line: string) => void },
): Promise<void> {
  try {
    await docker('image', 'inspect', image);
  } catch {
    const load = 'or bring it from another machine (docker save, docker load)';
    if (!pull) {
      throw new Error(
        `image ${image} is not on this machine, and SAM_SKIP_PULL_IMAGE forbids to pull it; unset it, ${load}`,
      );
    }
    print(`pulling ${image}, once`);
    await docker('pull', '--quiet', image).catch((error: Error) => {
      throw new Error(
        `image ${image} is not on this machine and cannot be pulled: ${error.message}; connect to its registry, ${load}`,
        { cause: error },
      );
    });
  }
}

/** Endpoint of the engine that the docker CLI speaks to; SAM knows `DOCKER_HOST`, but no context of the CLI's. */
export const engineEndpoint = (docker: Docker): Promise<string | undefined> =>
  docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}').then(
    (endpoint) => (URL.canParse(endpoint) ? endpoint : undefined),
    // Podman's docker command has no contexts.
    () => undefined,
  );

/**
 * Removes every container that SAM has started with a variable, such as one that no other run has.
 * @returns how many there were
 */
export async function removeSamContainers(docker: Docker, variable: string): Promise<number> {
  const listed = await docker('ps', '--all', '--quiet', '--filter', 'label=sam.cli.container.type=lambda');
  if (listed === '') return 0;
  const format = '{{.Id}} {{json .Config.Env}}';
  const inspected = await docker('inspect', '--format', format, ...listed.split('\n')).catch((error) => {
    // One that has ended in between is complained about; the others are printed.
    if (error instanceof DockerError) return error.printed;
    throw error;
  });
  const ours = inspected
    .split('\n')
    .filter((line) => line.includes(JSON.stringify(variable)))
    .map((line) => line.slice(0, line.indexOf(' ')));
  if (ours.length > 0) await docker('rm', '--force', ...ours);
  return ours.length;
}
