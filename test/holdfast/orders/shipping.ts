import { beforeEach, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import type { Service } from '../support/service.ts';
import type { Shop } from './shop.ts';

/** Facts of an order that goes by the printer, which is asked, and the carrier, which calls back. */
export function shipping(running: () => { readonly service: Service; readonly shop: Shop }): void {
  let shop: Shop;
  let desk: Answer;
  let placed: Answer;
  beforeEach(async () => {
    ({ shop } = running());
    desk = await shop.product(5);
    placed = await shop.act('orders.place', await shop.orderOf(await shop.customer('9.00'), [desk]));
  });

  /** What partners have been told of an order, and what they did. */
  const parcels = async (order: Answer): Promise<readonly (readonly [string, string])[]> => {
    const ledger = await (await fetch(`${running().service.partners}/ledger`)).json();
    return (ledger as { partner: string; reference: string; state: string }[])
      .filter(({ reference }) => reference.startsWith(String(order.json.id)))
      .map(({ partner, state }) => [partner, state] as const);
  };

  /** Ships it, while a partner does something wrong about it. */
  const ship = async (partner: string, wrong: object) => {
    await fetch(`${running().service.partners}/faults/${partner}`, {
      method: 'PUT',
      body: JSON.stringify({ only: placed.json.id, ...wrong }),
    });
    return shop.act('orders.ship', placed);
  };

  test('is handed to the carrier once its label is printed, however late the printer is', async () => {
    const accepted = await ship('printer', { booksLateMs: 500 });
    const ended = await shop.ended(accepted);

    expect(accepted).toMatchObject({ status: 202, json: { action: 'ship' } });
    expect(ended.json).toMatchObject({ state: 'succeeded', progress: { completed: 2, total: 2 } });
    expect(await shop.read('orders', placed)).toMatchObject({
      state: 'shipped',
      trackingNumber: `TN-${placed.json.id}-b1`,
      allowedActions: [],
    });
    expect(await parcels(placed)).toEqual([
      ['printer', 'DONE'],
      ['carrier', 'COLLECTED'],
    ]);
  });

  test('is returned where the carrier refuses it: its label is void, and cancelling it gives back what it took', async () => {
    const ended = await shop.ended(await ship('carrier', { reject: 1 }));
    const returned = await shop.get(`/orders/${placed.json.id}`);

    expect(ended.json).toMatchObject({ state: 'failed' });
    expect(ended.text).toContain('the carrier does not take this parcel');
    expect(returned.json).toMatchObject({ state: 'returned', allowedActions: ['cancel'] });
    expect(await parcels(placed)).toEqual([
      ['printer', 'DONE'],
      ['carrier', 'REFUSED'],
      ['printer', 'DONE'],
    ]);
    await shop.act('orders.cancel', returned, { body: { note: 'too heavy' } });
    expect(await shop.read('products', desk)).toMatchObject({ available: 5 });
  });

  test('stays placed where that is cancelled before the carrier has it: its label is void', async () => {
    // As long as the label is not known to be printed, nothing is handed over, however busy the machine is.
    const accepted = await ship('printer', { booksLateMs: 8_000 });
    await eventually(
      'the printer to be asked',
      () => parcels(placed),
      (told) => told.length === 1,
    );
    const cancelled = await shop.cancel(accepted);
    const ended = await shop.ended(accepted);

    expect(cancelled.status).toBe(202);
    expect(ended.json).toMatchObject({ state: 'cancelled' });
    expect(await shop.read('orders', placed)).toMatchObject({ state: 'placed' });
    expect(await parcels(placed)).toEqual([
      ['printer', 'DONE'],
      ['printer', 'DONE'],
    ]);
  });
}
