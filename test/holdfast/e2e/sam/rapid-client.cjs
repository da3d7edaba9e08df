// In place of the native part of aws-lambda-ric, with its three functions: Lambda's Runtime API by HTTP
// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
const { request } = require('node:http');

const INVOCATIONS = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

const send = (path, { body, headers } = {}) =>
  new Promise((resolve) => {
    const method = body === undefined ? 'GET' : 'POST';
    request(`${INVOCATIONS}/${path}`, { method, headers }, (response) => {
      let bodyJson = '';
      response
        .setEncoding('utf8')
        .on('data', (data) => {
          bodyJson += data;
        })
        .on('end', () => resolve({ bodyJson, headers: response.headers }));
    })
      // The container is being stopped: there is nobody left to answer.
      .on('error', () => process.exit(1))
      .end(body);
  });

// The native part posts while it is called; here, the next invocation is asked for after the answer to this one.
let posted = Promise.resolve();

exports.next = () => posted.then(() => send('next'));
exports.done = (id, body) => {
  posted = send(`${id}/response`, { body, headers: { 'Content-Type': 'application/json' } });
};
exports.error = (id, body, cause) => {
  const headers = { 'Content-Type': 'application/json', 'Lambda-Runtime-Function-XRay-Error-Cause': cause };
  posted = send(`${id}/error`, { body, headers });
};
