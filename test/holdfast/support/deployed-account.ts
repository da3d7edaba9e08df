import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudFormationTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';
import type { StackResource } from '../../../lib/holdfast/cli/account/deployed.ts';
import { write } from '../../../lib/holdfast/runtime/aws/attributes.ts';

/** A stack that stands in an account. */
export interface StandingStack {
  readonly template: CloudFormationTemplate;
  readonly status?: string;
  readonly resources?: readonly StackResource[];
  readonly outputs?: Readonly<Record<string, string>>;
}

/** What an account has, which may change while it is asked. */
export interface DeployedAccount {
  stacks: Readonly<Record<string, StandingStack>>;
  /** Executions of functions at once, and those of them that no function has for itself. */
  executions: number;
  unreserved: number;
  /** Functions that may not run; undefined where nobody may say which. */
  paused: readonly string[] | undefined;
  /** What the table records of backfills, by partition key. */
  completed: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Answers for an account as far as commands ask one: CloudFormation, Lambda, Secrets Manager and DynamoDB. */
export async function serveAccount(account: DeployedAccount) {
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const { status = 200, type = 'application/x-amz-json-1.0', text } = answerOf(account, request, body);
    response.writeHead(status, { 'content-type': type }).end(text);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly text: string;
}

function answerOf(
  account: DeployedAccount,
  { method, headers, url = '' }: IncomingMessage,
  body: string,
): Answer {
  const target = String(headers['x-amz-target'] ?? '');
  if (url.endsWith('/account-settings')) return json({ AccountLimit: limitsOf(account) });
  const [, name] = /\/functions\/([^/]+)\/concurrency$/.exec(url) ?? [];
  if (name !== undefined) {
    if (account.paused === undefined) return json({ __type: 'AccessDeniedException', message: 'no' }, 403);
    const rest = account.paused.filter((each) => each !== name);
    account.paused = method === 'DELETE' ? rest : [...rest, name];
    return json({});
  }
  if (target === '') return cloudFormation(account, new URLSearchParams(body));
  if (target.startsWith('secretsmanager'))
    return json({ __type: 'ResourceNotFoundException', message: 'there is none' }, 400);
  return json(dynamodb(account, target.replace(/^.*\./, ''), JSON.parse(body).Key?.pk.S));
}

const json = (body: object, status = 200): Answer => ({ status, text: JSON.stringify(body) });

const limitsOf = ({ executions, unreserved }: DeployedAccount) => ({
  ConcurrentExecutions: executions,
  UnreservedConcurrentExecutions: unreserved,
});

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const xml = (action: string, inner: string): Answer => ({
  type: 'text/xml',
  text: `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`,
});

const membersOf = (all: readonly object[]) =>
  all
    .map((each) =>
      Object.entries(each)
        .map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`)
        .join(''),
    )
    .map((each) => `<member>${each}</member>`)
    .join('');

function cloudFormation({ stacks }: DeployedAccount, asked: URLSearchParams): Answer {
  const action = asked.get('Action') ?? '';
  const stack = stacks[asked.get('StackName') ?? ''];
  if (stack === undefined)
    return {
      status: 400,
      type: 'text/xml',
      text: '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>it does not exist</Message></Error></ErrorResponse>',
    };
  const { template, status = 'UPDATE_COMPLETE', resources = [], outputs = {} } = stack;
  if (action === 'GetTemplate')
    return xml(action, `<TemplateBody>${escaped(JSON.stringify(template))}</TemplateBody>`);
  if (action === 'DescribeStacks') {
    const told = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
    return xml(
      action,
      `<Stacks><member><StackName>x</StackName><CreationTime>2026-11-30T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus><Outputs>${membersOf(told)}</Outputs></member></Stacks>`,
    );
  }
  const summaries = resources.map((each) => ({
    LogicalResourceId: each.logicalId,
    PhysicalResourceId: each.physicalId,
    ResourceType: each.type,
    ResourceStatus: each.status,
  }));
  return xml(action, `<StackResourceSummaries>${membersOf(summaries)}</StackResourceSummaries>`);
}

/** A table in which nothing is but what backfills have completed. */
function dynamodb({ completed }: DeployedAccount, operation: string, pk = ''): object {
  if (operation === 'DescribeTable')
    return { Table: { TableArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/records', ItemCount: 7 } };
  const rules = operation === 'GetItem' ? completed[pk] : undefined;
  return rules === undefined ? {} : { Item: write({ pk, rules }) };
}
