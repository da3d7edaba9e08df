import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import { listenHere, portOf } from '../local/listening.ts';
import { type Docker, DockerError } from './docker.ts';
import { relay } from './relay.ts';

/** Where containers find this machine. */
export interface ContainerHost {
  /** As it stands in a URL. */
  readonly host: string;
  /** Serves a port of 127.0.0.1 there, until the process ends. */
  serve(port: number): Promise<void>;
}

/** How Docker Desktop, and most engines that run in a machine of their own, name the machine that a person sits at. */
const HOST_NAME = 'host.docker.internal';

/** A request on one machine takes milliseconds. */
const PATIENCE_MS = 5_000;

/** Exit code of the probe that reached nothing; none of Docker's own. */
const UNREACHED = 7;

/** What no container can call this machine by, or what is every network of it at once. */
const NEVER = new BlockList();
NEVER.addSubnet('0.0.0.0', 8, 'ipv4');
NEVER.addSubnet('127.0.0.0', 8, 'ipv4');
NEVER.addAddress('::', 'ipv6');
NEVER.addAddress('::1', 'ipv6');

/** Runs in a container: the first of the URLs that answers with the word, printed. */
const PROBE = `
const [word, ...urls] = process.argv.slice(1);
const ask = async (url) => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(${PATIENCE_MS}) });
  if ((await answer.text()) !== word) throw new Error(url);
  return url;
};
Promise.any(urls.map(ask)).then((url) => console.log(url), () => process.exit(${UNREACHED})).finally(() => process.exit());
`;

/**
 * Finds where containers reach this machine: at Docker's bridge, where that is an address of this machine, or by the
 * name that engines with a machine of their own have for it. No list says so of all engines, firewalls and networks, so
 * a container tries them.
 * @param image an image of a Lambda function, which has Node
 * @param given what a person says that containers reach
 * @throws Error when they do not reach it
 */
export async function findContainerHost(
  docker: Docker,
  image: string,
  given?: string,
): Promise<ContainerHost> {
  if (given !== undefined && isIP(given) && NEVER.check(given, isIPv6(given) ? 'ipv6' : 'ipv4')) {
    throw new Error(
      `--host is '${given}'; give the one address or name at which containers reach this machine`,
    );
  }
  const word = randomUUID();
  const server = createServer((_, response) => void response.end(word));
  await listenHere(server);
  const port = portOf(server);
  const names = given === undefined ? [...(await bridgeAddresses(docker)), HOST_NAME] : [given];
  const candidates: Candidate[] = [];
  try {
    for (const name of names) candidates.push(await candidateOf(name, port));
    // An address of another machine that nobody has named may be anyone's.
    const tried = candidates.filter(({ ours, name }) => ours || given !== undefined || isIP(name) === 0);
    const url = await probe(docker, image, word, tried);
    const found = tried.find((each) => each.url === url);
    if (found === undefined) throw new Error(`a container reached '${url}', which it was not asked to`);
    const { host, name, ours } = found;
    return { host, serve: async (served) => void (ours && (await relay(name, served))) };
  } finally {
    for (const { close } of candidates) close?.();
    server.close();
  }
}

/** An address or a name that may be this machine's for containers. */
interface Candidate {
  readonly name: string;
  readonly host: string;
  /** Where the probe asks. */
  readonly url: string;
  /** Whether it is an address of this machine, where the port is served now. */
  readonly ours: boolean;
  readonly close: (() => void) | undefined;
}

async function candidateOf(name: string, port: number): Promise<Candidate> {
  const close = isIP(name) === 0 ? undefined : await relay(name, port);
  const host = isIPv6(name) ? `[${name}]` : name;
  return { name, host, url: `http://${host}:${port}/`, ours: close !== undefined, close };
}

/** The URL of the first candidate at which a container has found the word. */
async function probe(docker: Docker, image: string, word: string, candidates: readonly Candidate[]) {
  const node = ['--entrypoint', '/var/lang/bin/node', image, '--eval', PROBE, '--'];
  const urls = candidates.map(({ url }) => url);
  try {
    return await docker('run', '--rm', ...node, word, ...urls);
  } catch (error) {
    if (!(error instanceof DockerError) || error.code !== UNREACHED) throw error;
    const tried = candidates.map(({ host }) => host).join(' and at ');
    throw new Error(
      `containers do not reach this machine at ${tried}; let them through its firewall, name another address by --host, or use npm start, which needs no containers`,
      { cause: error },
    );
  }
}

interface Network {
  readonly IPAM?: { readonly Config?: readonly { readonly Gateway?: string; readonly Subnet?: string }[] };
}

/**
 * This machine's addresses in Docker's default network, if the engine runs on it. While no container runs, no list of
 * this machine's interfaces has them.
 */
async function bridgeAddresses(docker: Docker): Promise<readonly string[]> {
  const inspected = await docker('network', 'inspect', 'bridge').catch(() => '[]');
  const networks: readonly Network[] = JSON.parse(inspected);
  return networks
    .flatMap(({ IPAM }) => IPAM?.Config ?? [])
    .map(({ Gateway, Subnet }) => Gateway || firstAddress(Subnet))
    .filter((address) => address !== undefined);
}

/** The address that Docker takes for itself; it names none when it has chosen the network since it was started. */
function firstAddress(subnet = ''): string | undefined {
  const [network = ''] = subnet.split('/');
  return isIPv4(network) ? network.replace(/\d+$/, (last) => String(Number(last) + 1)) : undefined;
}
