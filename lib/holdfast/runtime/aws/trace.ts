import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { lambdaEnvironment } from './environment.ts';
import { errorOf } from './log.ts';

/** As much of a client of AWS as it takes to see its calls. */
interface Client {
  readonly middlewareStack: {
    add(
      middleware: (next: Call, context: { readonly commandName?: string }) => Call,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void;
  };
}

type Call = (args: never) => Promise<{ readonly output: object }>;

interface Metadata {
  readonly $metadata?: {
    readonly requestId?: string;
    readonly httpStatusCode?: number;
    readonly attempts?: number;
  };
}

let socket: Socket | undefined;

/**
 * Shows every call of a client in the trace of its function, retries included. AWS's own tracing SDK does so in hundreds
 * of kilobytes; what the daemon takes is one datagram for each call.
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html
 */
export function traced<T extends object>(client: T, name: string): T {
  (client as unknown as Client).middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const ended = begin(name, commandName.replace(/Command$/, ''));
        try {
          const result = await next(args);
          ended(result.output);
          return result;
        } catch (error) {
          ended(error as Metadata, errorOf(error));
          throw error;
        }
      },
    { step: 'initialize', name: 'trace' },
  );
  return client;
}

const nothing = () => undefined;

/** `Root=1-…;Parent=…;Sampled=1`, of the invocation under way. */
function begin(name: string, operation: string): (result: Metadata, error?: Error) => void {
  const [host, port] = lambdaEnvironment('AWS_XRAY_DAEMON_ADDRESS')?.split(':') ?? [];
  const header = lambdaEnvironment('_X_AMZN_TRACE_ID');
  if (host === undefined || port === undefined || !header?.includes('Sampled=1')) return nothing;
  const trace = Object.fromEntries(header.split(';').map((part) => part.split('=')));
  if (trace.Parent === undefined) return nothing;
  const start = Date.now() / 1000;
  return ({ $metadata: { requestId, httpStatusCode: status, attempts = 1 } = {} }, error) => {
    const subsegment = {
      type: 'subsegment',
      id: randomBytes(8).toString('hex'),
      trace_id: trace.Root,
      parent_id: trace.Parent,
      name,
      namespace: 'aws',
      start_time: start,
      end_time: Date.now() / 1000,
      aws: {
        operation,
        region: lambdaEnvironment('AWS_REGION'),
        request_id: requestId,
        retries: attempts - 1,
      },
      ...(status !== undefined && { http: { response: { status } } }),
      ...(error && {
        [status !== undefined && status < 500 ? 'error' : 'fault']: true,
        cause: { exceptions: [{ id: randomBytes(8).toString('hex'), type: error.name }] },
      }),
    };
    socket ??= createSocket('udp4').unref();
    // A datagram that is lost is a call that no trace shows; nothing waits for it.
    socket.send(`{"format":"json","version":1}\n${JSON.stringify(subsegment)}`, Number(port), host, nothing);
  };
}
