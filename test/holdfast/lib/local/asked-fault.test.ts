import { expect, test } from '@jest/globals';
import { askedStoreFault, meetAskedFault } from '../../../../lib/holdfast/local/gateway/asked-fault.ts';
import { GatewayError } from '../../../../lib/holdfast/local/gateway/gateway-response.ts';

test('a request is met by the error of the gateway that it asks for, and by no other', () => {
  expect(() => meetAskedFault({ 'x-local-fault': 'THROTTLED' })).toThrow(new GatewayError('THROTTLED'));
  expect(meetAskedFault({ Accept: 'application/json' })).toBeUndefined();
});

test('a fault that there is none of is refused with what is allowed', () => {
  const refused = meetAskedFault({ 'X-Local-Fault': 'FIRE' });

  expect(refused?.status).toBe(400);
  expect(refused?.body).toMatch(
    /^X-Local-Fault is 'FIRE'; choose from ACCESS_DENIED, .*THROTTLED.*, or DynamoDB\./,
  );
});

test('a fault of DynamoDB passes the gateway, and is found in the event that the function is at', () => {
  const headers = { 'x-local-fault': 'DynamoDB.ThrottlingException' };

  expect(meetAskedFault(headers)).toBeUndefined();
  expect(askedStoreFault(JSON.stringify({ headers }))).toBe('ThrottlingException');
});

test('a body that quotes the header asks for nothing', () => {
  const body = JSON.stringify({ 'X-Local-Fault': 'DynamoDB.ThrottlingException' });

  expect(askedStoreFault(JSON.stringify({ headers: {}, body }))).toBeUndefined();
});
