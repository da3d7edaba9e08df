import { beforeAll, describe, expect, test } from '@jest/globals';
import type { StackMetadata } from '../../../lib/holdfast/cdk/templates/templates.ts';
import { ALLOWED_REQUEST_HEADERS } from '../../../lib/holdfast/core/requests/response-headers.ts';
import {
  type Resource,
  type Resources,
  ofType as resourcesOfType,
  synthesizeStage,
} from '../support/templates.ts';

let service: Resources;
let state: Resources;
let outputs: object;
let told: StackMetadata | undefined;
beforeAll(async () => {
  const stage = await synthesizeStage('production');
  ({ service, state } = stage);
  outputs = stage.templates.find(({ name }) => name === 'holdfast-production-state')?.template.Outputs ?? {};
  told = stage.templates.find(({ name }) => name === 'holdfast-production-service')?.template.Metadata
    ?.holdfast;
});

const ofType = (type: string) => resourcesOfType(service, type);

const text = (value: unknown) => JSON.stringify(value);

/** Names of the headers of responses of an integration, or of a method. */
const ofResponses = (responses: unknown): readonly string[] =>
  ((responses ?? []) as readonly { ResponseParameters?: object }[]).flatMap(({ ResponseParameters = {} }) =>
    Object.keys(ResponseParameters),
  );

/** Logical id of the role of a function. */
const roleOf = ({ Role }: Resource['Properties']): string => {
  const [id = ''] = (Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
  return id;
};

/** The function, and the alias of it, that a permission is for. */
const callee = (target: unknown): string => {
  const { Ref: alias, 'Fn::GetAtt': attribute = [] } = target as { Ref?: string; 'Fn::GetAtt'?: string[] };
  const { FunctionName, Name } = service[alias ?? '']?.Properties ?? {};
  if (FunctionName !== undefined)
    return `${callee({ 'Fn::GetAtt': [(FunctionName as { Ref: string }).Ref] })}:${Name}`;
  return service[attribute[0] ?? '']?.Metadata?.holdfast?.name ?? text(target);
};

/** `Fn::Join` with its references by name: enough to read an ARN. */
const joined = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, Ref: ref } = value as { 'Fn::Join'?: [string, unknown[]]; Ref?: string };
  return join === undefined ? `{${ref}}` : join[1].map(joined).join(join[0]);
};

describe('a function', () => {
  test('has a role and a log group that no other has', () => {
    const functions = ofType('AWS::Lambda::Function');
    const roles = functions.map(([, { Properties }]) => text(Properties.Role));
    const logs = functions.map(([, { Properties }]) => text(Properties.LoggingConfig));

    expect(new Set(roles).size).toBe(functions.length);
    expect(new Set(logs).size).toBe(functions.length);
  });

  test('has a role that Lambda alone may take, with the one policy of its own', () => {
    const policies = ofType('AWS::IAM::Policy').map(([, { Properties }]) => text(Properties.Roles));
    const roles = ofType('AWS::Lambda::Function').map(([, { Properties }]) => roleOf(Properties));
    const lambda = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } };

    expect(roles.map((id) => policies.filter((each) => each === text([{ Ref: id }])).length)).toEqual(
      roles.map(() => 1),
    );
    expect(roles.map((id) => service[id]?.Properties)).toEqual(
      roles.map(() => ({
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Action: 'sts:AssumeRole', ...lambda }],
        },
      })),
    );
  });

  test('is called by the gateway alone, for its own route', () => {
    const routes = ofType('AWS::Lambda::Permission').map(([, { Properties }]) => {
      const { Action, Principal, SourceArn } = Properties;
      const path = joined(SourceArn).replace(/^.*?\{[^}]*WriteApi[^}]*\}/, '');
      return [callee(Properties.FunctionName), Action, Principal, path.replace(/\{[^}]*\}/, '_')];
    });
    const gateway = ['lambda:InvokeFunction', 'apigateway.amazonaws.com'];

    expect(routes).toEqual(
      expect.arrayContaining([
        ['authorizer:live', ...gateway, '/authorizers/_'],
        ['payouts-approve:live', ...gateway, '/production/POST/payouts/*/approve'],
        ['payouts-create:live', ...gateway, '/production/POST/payouts'],
        ['payouts-get:live', ...gateway, '/production/GET/payouts/*'],
        ['payouts-list:live', ...gateway, '/production/GET/payouts'],
        ['problems:live', ...gateway, '/production/GET/problems'],
        ['problems:live', ...gateway, '/production/GET/problems/*'],
      ]),
    );
    // `*` stands for a path parameter, never for a stage, a method or what follows.
    expect(routes.filter(([, , , path]) => /^\/\*|\/\*\/\*|(GET|POST)\/\*/.test(String(path)))).toEqual([]);
  });

  test('runs Node 24 on arm64, without source maps, and logs JSON', () => {
    const made = ofType('AWS::Lambda::Function').map(([, { Properties }]) => ({
      runtime: Properties.Runtime,
      architectures: Properties.Architectures,
      format: (Properties.LoggingConfig as { LogFormat: string }).LogFormat,
      options: (Properties.Environment as { Variables: Record<string, unknown> }).Variables.NODE_OPTIONS,
    }));

    expect(new Set(made.map(text))).toEqual(
      new Set([
        text({
          runtime: 'nodejs24.x',
          architectures: ['arm64'],
          format: 'JSON',
          options: undefined,
        }),
      ]),
    );
  });

  // aws-cdk#31338, aws-cdk#35003: retention set by a custom resource ran into a rate limit, and into groups that existed.
  test('has a log group of the template, kept as long as the stage says', () => {
    const groups = ofType('AWS::Logs::LogGroup').map(([, { Properties }]) => Properties.RetentionInDays);
    const custom = Object.values(service).filter(({ Type }) => Type.startsWith('Custom::'));

    expect(groups).toEqual(groups.map(() => 365));
    expect(custom).toEqual([]);
  });

  // CloudFormation takes 500 resources in a stack, API Gateway 300 resources in an API.
  test('of an action costs twelve resources, and two fewer without a canary', async () => {
    const actions = ofType('AWS::Lambda::Function').filter(([, { Properties }]) =>
      text(Properties.Environment).includes('IDEMPOTENCY_TABLE'),
    );
    const approve = Object.keys(service).filter((id) => /approve/i.test(id));

    expect(actions.length).toBeGreaterThanOrEqual(6);
    expect(approve).toHaveLength(12);
    const dev = Object.keys((await synthesizeStage('dev')).service);
    expect(dev.filter((id) => /approve/i.test(id))).toHaveLength(10);
  });
});

describe('the API', () => {
  test.each([
    ['Bearer abc.def-ghi_jkl', true],
    ['bearer abc', true],
    ['Bearer   abc=', true],
    ['Bearer a+b/c~d==', true],
    ['Bearer', false],
    ['Bearer ', false],
    ['Bearer =', false],
    ['Bearer abc def', false],
    ['Bearer abc, Bearer def', false],
    ['Basic YWxpY2U6eA==', false],
    ['xBearer abc', false],
    ['Bearer abc\n', false],
    ['', false],
  ])('asks the authorizer about %j: %s', (header, asked) => {
    const [[, authorizer] = []] = ofType('AWS::ApiGateway::Authorizer');
    const expression = String(authorizer?.Properties.IdentityValidationExpression);

    expect(new RegExp(expression).test(header)).toBe(asked);
  });

  // hermes-agent#3209: the preflight refused Idempotency-Key, so that no browser could write.
  test('lets a page of another origin ask for every route first', () => {
    const methods = ofType('AWS::ApiGateway::Method').map(([, { Properties }]) => Properties);
    // A nested stack is given the API's own resources as parameters.
    const pathOf = ({ ResourceId }: Resource['Properties']) =>
      text(ResourceId)
        .replace(/referencetoholdfastproductionservice(\w+)Ref/, '$1')
        .replace(/[A-F0-9]{8}"/, '"');
    const paths = new Set(methods.map(pathOf));
    const preflights = methods.filter(({ HttpMethod }) => HttpMethod === 'OPTIONS');

    const told = preflights.map(({ Integration }) => {
      const [{ ResponseParameters = {} } = {}] = (
        Integration as { IntegrationResponses: { ResponseParameters: Record<string, string> }[] }
      ).IntegrationResponses;
      const of = (name: string) => ResponseParameters[`method.response.header.Access-Control-${name}`];
      return [of('Allow-Origin'), of('Allow-Methods'), of('Allow-Headers')];
    });
    // A header that an integration maps and its method does not declare fails the deployment.
    const undeclared = methods.flatMap(({ Integration, MethodResponses }) => {
      const mapped = ofResponses((Integration as { IntegrationResponses?: unknown }).IntegrationResponses);
      return mapped.filter((name) => !ofResponses(MethodResponses).includes(name));
    });

    expect(undeclared).toEqual([]);
    for (const { Integration } of preflights) {
      expect(ofResponses((Integration as { IntegrationResponses?: unknown }).IntegrationResponses)).toEqual(
        expect.arrayContaining([
          'method.response.header.Strict-Transport-Security',
          'method.response.header.X-Content-Type-Options',
        ]),
      );
    }
    expect(new Set(preflights.map(pathOf))).toEqual(paths);
    expect(new Set(told.map(text))).toEqual(
      new Set([text(["'*'", "'GET,POST'", `'${ALLOWED_REQUEST_HEADERS.join()}'`])]),
    );
  });

  // pulumi-awsx#198, serverless-application-model#1232: a model without a validator checks nothing, and with one only
  // what is sent as JSON. The function checks it all.
  test('leaves the validation of bodies to the functions', () => {
    const types = new Set(Object.values(service).map(({ Type }) => Type));

    expect([...types].filter((type) => /Model|RequestValidator/.test(type))).toEqual([]);
  });

  // Serverless-application-model#553, aws-simple#167: a body that counts as binary cannot be put into the template
  // of a MOCK integration ("Unable to transform request"), and answers 500 before any header is set. A request without
  // Content-Type counts as application/json, which `application/*` declares binary: a preflight, and GET /health.
  test('answers by itself whether or not a body counts as binary', () => {
    const mocks = ofType('AWS::ApiGateway::Method')
      .map(([, { Properties }]) => Properties.Integration as { Type: string; ContentHandling?: string })
      .filter(({ Type }) => Type === 'MOCK');

    expect(mocks.map(({ ContentHandling }) => ContentHandling)).toEqual(mocks.map(() => 'CONVERT_TO_TEXT'));
  });

  // A client that accepts application/json, which is declared binary, is answered the text as if it were base64.
  test('D1: answers GET /health in text, whatever its client accepts', () => {
    const [health] = ofType('AWS::ApiGateway::Method')
      .map(
        ([, { Properties }]) =>
          Properties.Integration as { IntegrationResponses?: { ContentHandling?: string }[] },
      )
      .filter((integration) => text(integration).includes('{\\"status\\":\\"ok\\"}'));

    expect(health?.IntegrationResponses).toEqual([
      expect.objectContaining({ ContentHandling: 'CONVERT_TO_TEXT' }),
    ]);
  });
});

describe('the state stack', () => {
  test('lets spilled receipts expire, and operations that have ended', () => {
    const expiry = (table: string) => state[table]?.Properties.TimeToLiveSpecification;

    expect(expiry('IdempotencyTable')).toEqual({ AttributeName: 'expiration', Enabled: true });
    expect(expiry('RecordsTable')).toEqual({ AttributeName: 'expiration', Enabled: true });
  });

  test('pays by request', () => {
    const modes = Object.values(state)
      .filter(({ Type }) => Type === 'AWS::DynamoDB::GlobalTable')
      .map(({ Properties }) => Properties.BillingMode);

    expect(new Set(modes)).toEqual(new Set(['PAY_PER_REQUEST']));
  });

  // aws-cdk#7602: an export that the service stops using is taken away first, while it is still in use, and both stacks
  // are stuck. Name and ARN of these tables are used as long as there is a service.
  test('exports name and ARN of its tables', () => {
    const exported = Object.keys(outputs).map((id) => id.replace(/^ExportsOutput|[A-F0-9]{8}$/g, ''));

    expect(exported).toEqual(
      expect.arrayContaining([
        'FnGetAttIdempotencyTableArn',
        'FnGetAttRecordsTableArn',
        'RefIdempotencyTable',
        'RefRecordsTable',
      ]),
    );
  });
});

describe('the stack that a deployment asks for', () => {
  test('says what each action decides on, though its function is in a stack that it nests', () => {
    expect(told?.decisions).toMatchObject({ 'payouts.create': {}, 'payouts.approve': {} });
  });
});
