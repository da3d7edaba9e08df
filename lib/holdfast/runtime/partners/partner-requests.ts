import type { Partner, PartnerCommand, PartnerRequest } from '../../core/partners/define-partner.ts';
import { partnerUrl, pathTemplate } from '../../core/partners/partner-path.ts';
import { type Reply, replyOf } from '../../core/partners/reply.ts';
import { logger } from '../aws/log.ts';
import { validateHeaderName, validateHeaderValue } from './node-http.ts';
import { connect, exchange, type HttpExchange } from './partner-connection.ts';
import { authorization, type HeaderFields } from './partner-credentials.ts';

/** Set by HTTP, or by the kit. */
const TAKEN = [
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** What an adapter does, and where. */
export interface PartnerCall {
  readonly partner: Partner;
  /** Base URL of the partner in this stage. */
  readonly url: string;
  readonly mode: 'send' | 'query';
  readonly command: PartnerCommand;
  /** Aborted when the partner's time is up, over all requests of the call. */
  readonly signal: AbortSignal;
}

/** The requests of one call of an adapter, and what is to be known of them together. */
export class PartnerRequests {
  readonly #call: PartnerCall;
  readonly #replies = new Set<Reply>();
  #written = false;
  #refused = false;

  constructor(call: PartnerCall) {
    this.#call = call;
  }

  /**
   * The reply of an adapter, if it can be believed: one of ours, and none of a call that did what it may not. That nothing
   * was sent is believed of the whole call alone.
   */
  believed(reply: Reply): Reply | undefined {
    if (this.#refused || !this.#replies.has(reply)) return undefined;
    return reply.content === 'unsent' && this.#written ? { status: 0, content: 'unanswered' } : reply;
  }

  /** Whether anything may have been written. */
  get begun(): boolean {
    return this.#written || this.#refused;
  }

  readonly request: PartnerRequest = async (method, path, body, options = {}) => {
    try {
      return await this.#request(method, path, body, options.headers ?? {});
    } catch (error) {
      // An adapter that goes on as if nothing was the matter must not be believed.
      this.#refused = true;
      throw error;
    }
  };

  async #request(method: string, path: string, body: unknown, given: HeaderFields): Promise<Reply> {
    const { partner, url: base, mode, signal } = this.#call;
    if (!/^[A-Z]+$/.test(method))
      throw new Error(`'${method}' is not an HTTP method; write one such as POST`);
    const url = partnerUrl(base, path);
    const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = headersOf(given, sent);
    const attempt = async (renew: boolean): Promise<Reply> => {
      const proof = await authorization(partner, { renew, signal });
      if (proof === 'unavailable') return this.#failed();
      const all = { ...headers, ...lowerCase(proof) };
      return this.#exchange({ method, url, headers: all, body: sent, signal });
    };
    const reply = await attempt(false);
    const mayRenew = mode === 'query' || partner.unauthorizedDoesNothing === true;
    if (reply.status !== 401 || partner.credentials === undefined || !mayRenew) return this.#kept(reply);
    return this.#kept(await attempt(true));
  }

  #kept(reply: Reply): Reply {
    const kept = Object.freeze(reply);
    this.#replies.add(kept);
    return kept;
  }

  #failed(): Reply {
    return { status: 0, content: this.#written ? 'unanswered' : 'unsent' };
  }

  async #exchange(request: HttpExchange): Promise<Reply> {
    const { partner, command, signal } = this.#call;
    const { method, url } = request;
    const begun = performance.now();
    const log = (told: object) =>
      logger.info('called', {
        partner: partner.name,
        method,
        host: url.host,
        path: pathTemplate(url.pathname, command),
        ms: Math.round(performance.now() - begun),
        ...told,
      });
    try {
      const socket = await connect(url, signal);
      signal.throwIfAborted();
      this.#written = true;
      const answer = await exchange(socket, request);
      const { status, bytes } = answer;
      log({ status, bytes: typeof bytes === 'string' ? bytes : bytes.length });
      return replyOf(answer);
    } catch (error) {
      const failed = this.#failed();
      log({ failed: failed.content, error: codeOf(error) });
      return failed;
    }
  }
}

/** Names that differ in case alone are one field (RFC 9110 5.1). */
const lowerCase = (headers: HeaderFields): HeaderFields =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** @throws Error for a header that is not the adapter's to set */
function headersOf(given: HeaderFields, body: Buffer | undefined) {
  for (const [name, value] of Object.entries(given)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
  const headers = lowerCase(given);
  const taken = Object.keys(headers).find((name) => TAKEN.includes(name));
  if (taken !== undefined)
    throw new Error(
      `header '${taken}' is set by the kit; leave it out, and declare credentials where it is for them`,
    );
  return {
    ...headers,
    accept: 'application/json',
    'accept-encoding': 'identity',
    ...(body && { 'content-type': 'application/json' }),
  };
}

/** What an error of Node's is called; its message may quote what it was about. */
const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return [code, name].find((each): each is string => /^[A-Za-z_]{1,40}$/.test(String(each))) ?? 'Error';
};
