import { amounts, text } from 'holdfast';
import * as z from 'zod';

/** What is said of another resource: its id. */
export const id = text({ max: 64 });

/** So many of one product. */
const line = z.strictObject({ productId: id, quantity: z.int().min(1).max(100_000) });

export const lines = z.array(line).min(1).max(50);

type Lines = z.output<typeof lines>;

/** Of each product once, however many lines name it. */
export const productsOf = (all: Lines): string[] => [...new Set(all.map(({ productId }) => productId))];

export const quantityOf = (all: Lines, productId: string): number =>
  all.filter((each) => each.productId === productId).reduce((sum, { quantity }) => sum + quantity, 0);

/** What all of it costs. */
export const totalOf = (
  all: Lines,
  stock: readonly { readonly id: string; readonly price: amounts.Amount }[],
  currency: string,
): amounts.Amount =>
  amounts.sum(
    stock.map(({ id: productId, price }) => amounts.multiply(price, quantityOf(all, productId), 'down')),
    currency,
  );
