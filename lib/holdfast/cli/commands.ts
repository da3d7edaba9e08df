import { type Command, type CommandGroup, defineCommand } from './command/command.ts';
import { SERVICE_ENVIRONMENT, SERVICE_OPTIONS } from './service-options.ts';

const AWS = {
  AWS_PROFILE: 'whose account and region are used',
  AWS_REGION: 'takes the place of the region of the profile',
};

const STAGE = { value: 'STAGE', summary: 'one of lib/service.ts', default: 'dev' } as const;

const PRINT = (line: string) => console.log(line);

const TODAY = () => new Date().toISOString().slice(0, 10);

/** Every command that `lib/holdfast/cli/main.ts` starts; what a command needs is loaded when it runs. */
export const COMMANDS: readonly (Command | CommandGroup)[] = [
  defineCommand({
    name: 'start',
    summary: 'Serves the whole service on this machine until Ctrl-C, and prints a token to try it with.',
    options: {
      data: { value: 'DIR', summary: 'keeps the data (a temporary folder, removed at the end)' },
      env: { value: 'NAME=VALUE', summary: 'sets a variable of every function', multiple: true },
      concurrency: { value: 'N', summary: 'most environments of one function at once', default: '10' },
      every: { value: 'SECONDS', summary: 'between two runs of the sweep (60)' },
    },
    environment: {
      PORT: 'to serve on; 0 for any that is free (3000)',
      DYNAMODB_ENDPOINT: 'a DynamoDB that runs already (one is started)',
    },
    run: async ({ options, environment }) => {
      const { runLocalCloud } = await import('./start.ts');
      return runLocalCloud(options, environment);
    },
  }),
  defineCommand({
    name: 'sam',
    summary: 'Serves the API with `sam local start-api` in Docker, and everything else as npm start does.',
    options: {
      host: { value: 'ADDRESS', summary: 'how containers reach this machine (detected)' },
      image: { value: 'IMAGE', summary: "in place of AWS's image of Node" },
      check: { summary: 'proves all of it in Docker, and ends; skipped where no engine runs' },
    },
    environment: { PORT: 'to serve on (3000)', SAM_SKIP_PULL_IMAGE: 'true: the image is here' },
    run: async ({ options, environment }) => {
      const { runSam } = await import('./sam.ts');
      return runSam(options, environment);
    },
  }),
  defineCommand({
    name: 'token',
    summary: 'Prints an access token for the local cloud, or for a deployed stage as one of its clients.',
    options: {
      tenant: { value: 'TENANT', summary: 'local: whose data it may see', default: 'acme' },
      subject: { value: 'SUBJECT', summary: 'local: who acts', default: 'alice' },
      scopes: {
        value: 'SCOPES',
        summary: "local: those of npm run list, separated by spaces; '' for none (all there are)",
      },
      'expires-in': { value: 'SECONDS', summary: 'local: how long it is good for', default: '43200' },
      stage: { value: 'STAGE', summary: 'a deployed stage (none: the local cloud)' },
      client: {
        value: 'NAME',
        summary: 'deployed: as this client of lib/service.ts (the first); local: of this name (local)',
      },
    },
    environment: AWS,
    run: async ({ options }) => {
      const { tokenCommand } = await import('./token.ts');
      PRINT(await tokenCommand(options));
    },
  }),
  {
    name: 'operation',
    summary: 'Explains an operation, a resource or a refused request to support.',
    commands: async () => [
      defineCommand({
        name: 'show',
        summary:
          'Explains what an id names, of an operation, a resource or a request: what happened, what it waits for, what to do, what never to do.',
        operands: { ID: 'of an operation, of a resource, or of a request that was refused' },
        options: {
          ...SERVICE_OPTIONS,
          tenant: { value: 'TENANT', summary: 'local: whose operation it is', default: 'acme' },
          token: {
            value: 'TOKEN',
            summary: 'to read it with (one is made, or got as a client of the stage)',
          },
          client: {
            value: 'NAME',
            summary: 'deployed: as this client of lib/service.ts (the first)',
          },
          code: { value: 'CODE', summary: 'what the customer was refused with, as the error body has it' },
          html: { value: 'FILE', summary: 'writes the same as a page, in one file' },
          unmasked: { summary: 'shows members and notes that may be personal' },
        },
        environment: { ...SERVICE_ENVIRONMENT, ...AWS },
        run: async ({ options, operands: [id = ''], environment }) => {
          const { showOperation } = await import('./show-operation.ts');
          await showOperation(id, options, environment, PRINT);
        },
      }),
    ],
  },
  defineCommand({
    name: 'stack',
    summary: 'Tells where in the source a stack from the log of a deployed function leads.',
    operands: { FILE: 'with lines of the log; - for the standard input' },
    run: async ({ operands: [file = ''] }) => {
      const { stackCommand } = await import('./stack/stack.ts');
      await stackCommand(file, PRINT);
    },
  }),
  defineCommand({
    name: 'audit',
    summary:
      'Looks for records that do not fit together, as a restore leaves them, and says what puts each right.',
    options: {
      ...SERVICE_OPTIONS,
      table: { value: 'NAME', summary: 'one that was restored (that of the stage)' },
    },
    environment: { ...SERVICE_ENVIRONMENT, ...AWS },
    run: async ({ options, environment }) => {
      const { audit } = await import('./audit/audit.ts');
      return audit(options, environment, PRINT);
    },
  }),
  defineCommand({
    name: 'provoke',
    summary:
      'Brings about an answer that clients must handle, on the local cloud, and prints the request and what it is answered.',
    operands: { '[CODE|waiting:REASON|operation:STATE|replay]': 'what comes about, of --list' },
    options: {
      list: { summary: 'lists what can be provoked, and on which action' },
      action: { value: 'RESOURCE.ACTION', summary: 'on which (the first that will do)' },
      tenant: { value: 'TENANT', summary: 'whose resource it is', default: 'acme' },
      url: { value: 'URL', summary: 'of the local cloud (http://127.0.0.1:PORT)' },
    },
    environment: SERVICE_ENVIRONMENT,
    run: async ({ options, operands: [name], environment }) => {
      const { provokeCommand } = await import('./explain/provoke.ts');
      await provokeCommand(name, options, environment, PRINT);
    },
  }),
  defineCommand({
    name: 'redrive',
    summary:
      'Lists dead-letter queues; with --queue shows what one holds; with --yes sends that back to where it came from.',
    options: {
      stage: { value: 'STAGE', summary: 'a deployed stage (none: the local cloud)' },
      queue: { value: 'NAME', summary: 'the dead-letter queue (all are listed)' },
      filter: { value: 'TEXT', summary: 'only messages that hold it (all)' },
      rate: { value: 'N', summary: 'messages a second', default: '5' },
      yes: { summary: 'does it; without, nothing is changed' },
    },
    environment: {
      AWS_ENDPOINT_URL_SQS: 'the local cloud: the address of queues that npm start prints',
      ...AWS,
    },
    run: async ({ options, environment }) => {
      const { redrive } = await import('./deploy/redrive.ts');
      await redrive(options, environment, PRINT);
    },
  }),
  defineCommand({
    name: 'backfill',
    summary:
      'Gives older items what the deployed release keeps with each version, as the keys of its lists; a deployment runs it by itself.',
    options: {
      ...SERVICE_OPTIONS,
      rate: { value: 'N', summary: 'writes a second', default: '100' },
      yes: { summary: 'of a deployed stage: does it; without, nothing is written' },
    },
    environment: { ...SERVICE_ENVIRONMENT, ...AWS },
    run: async ({ options, environment }) => {
      const { backfillCommand } = await import('./backfill/backfill-command.ts');
      await backfillCommand(options, environment, PRINT);
    },
  }),
  defineCommand({
    name: 'deploy',
    summary: 'Deploys a stage to your AWS account, unless something would be lost.',
    options: {
      stage: STAGE,
      'accept-breaking': {
        value: 'NAME',
        summary: 'lets a version end sooner than its clients were told',
        multiple: true,
      },
    },
    environment: AWS,
    run: async ({ options: { stage, 'accept-breaking': accepted }, environment }) => {
      const { deploy } = await import('./deploy/deploy.ts');
      await deploy({ verb: 'deploy', stage, accepted, environment }, PRINT);
    },
  }),
  ...(['diff', 'destroy'] as const).map((verb) =>
    defineCommand({
      name: verb,
      summary: {
        diff: 'Shows what a deployment of a stage would change.',
        destroy: 'Removes a stage; refuses one that keeps its data.',
      }[verb],
      options: { stage: STAGE },
      environment: AWS,
      run: async ({ options }) => {
        const { deploy } = await import('./deploy/deploy.ts');
        await deploy({ verb, ...options }, PRINT);
      },
    }),
  ),
  defineCommand({
    name: 'synth',
    summary: 'Writes the CDK app of a stage into cdk.out: no account, no Docker, no network.',
    options: { stage: STAGE },
    run: async ({ options }) => {
      const { synth } = await import('./deploy/deploy.ts');
      await synth(options);
    },
  }),
  {
    name: 'new',
    summary: 'Writes a definition and its test, records what follows, and says how to try it.',
    commands: async () => (await import('../scaffold/command.ts')).newCommands(PRINT),
  },
  defineCommand({
    name: 'list',
    summary: 'Lists every resource, action, route, state, scope and problem.',
    options: { json: { summary: 'as JSON, for a program' } },
    run: async ({ options }) => {
      const [{ listCommand }, { loadRegistry }] = await Promise.all([
        import('./list.ts'),
        import('../service/registry.ts'),
      ]);
      PRINT(listCommand(options, await loadRegistry()));
    },
  }),
  defineCommand({
    name: 'openapi',
    summary: 'Prints the contract as an OpenAPI 3.1 document.',
    options: { 'api-version': { value: 'DATE', summary: 'of the contract (the newest)' } },
    run: async ({ options }) => {
      const [{ openApiText }, { loadRegistry }] = await Promise.all([
        import('./openapi.ts'),
        import('../service/registry.ts'),
      ]);
      process.stdout.write(openApiText(await loadRegistry(), options['api-version']));
    },
  }),
  defineCommand({
    name: 'record',
    summary:
      'Records what the definitions have come to: where functions live and tables are (lib/recorded/frozen.json), what clients are promised (lib/recorded/contract), what the typed client knows (lib/recorded/client.ts).',
    options: {
      check: { summary: 'writes nothing, and fails if something is out of date' },
      'accept-breaking': { value: 'NAME', summary: 'a breaking change to accept', multiple: true },
      stage: {
        value: 'STAGE',
        summary: 'a version may end sooner where no client of this deployed stage uses it (none is asked)',
      },
    },
    environment: AWS,
    run: async ({ options, environment }) => {
      const { recordCommand } = await import('./record/record.ts');
      return recordCommand(options, TODAY(), PRINT, environment);
    },
  }),
  defineCommand({
    name: 'contract',
    summary:
      'Prints the review page of every action that has changed: what clients get when something is in the way, and what provokes it.',
    options: {
      since: { value: 'COMMIT', summary: 'that it is compared with', default: 'HEAD' },
      all: { summary: 'takes every action, changed or not' },
      out: { value: 'FILE', summary: 'writes it there, as Markdown (it is printed)' },
    },
    run: async ({ options }) => {
      const { contractCommand } = await import('./explain/contract.ts');
      await contractCommand(options, TODAY(), PRINT);
    },
  }),
  defineCommand({
    name: 'versions',
    summary: 'Tells which client was seen last in which version of the contract, and which version may go.',
    options: SERVICE_OPTIONS,
    environment: { ...SERVICE_ENVIRONMENT, ...AWS },
    run: async ({ options, environment }) => {
      const { versionsCommand } = await import('./versions/versions.ts');
      await versionsCommand(options, environment, TODAY(), PRINT);
    },
  }),
  defineCommand({
    name: 'check',
    summary: 'Checks all but the tests: every check:* script of package.json, as types and records.',
    run: async () => {
      const { check } = await import('./check.ts');
      return check();
    },
  }),
];
